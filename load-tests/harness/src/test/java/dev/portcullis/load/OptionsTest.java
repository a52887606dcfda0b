package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void takesNumbers() {
    Options options = Options.parse(List.of("--rounds=3", "--seconds=5"));
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.seconds()).isEqualTo(5);
    assertThat(options.warmup()).isEqualTo(25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--round=3",
        "rounds=3",
        "--rounds",
        "--rounds=0",
        "--seconds=601",
        "--",
        "--rounds=x",
        "--rounds=12345678901",
        "--rate=0",
        "--label=a/b"
      })
  void refusesWhatIsNotAnOption(String word) {
    assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(List.of(word)));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--rounds=x")))
        .withMessage("--rounds is a whole number from 1 to 600, not x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--rounds")))
        .withMessage("--rounds needs a value: --rounds=...");
  }

  @Test
  void saysWhichOptionIsNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--label="), Set.of("label")))
        .withMessageContaining("--label=");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of(), Set.of("label", "before")))
        .withMessage("needed here: --before=... and --label=...");
    assertThat(Options.parse(List.of("--label=pool"), Set.of("label")).label()).contains("pool");
  }

  @Test
  void flagsStandInOneWordWithSpacesBetween() {
    assertThat(Options.parse(List.of("--flags=-Xmx512m  -XX:+UseZGC")).flags())
        .containsExactly("-Xmx512m", "-XX:+UseZGC");
    assertThat(Options.parse(List.of()).flags()).isEqualTo(Jvm.FLAGS);
  }
}
