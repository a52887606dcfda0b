package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
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
  @ValueSource(strings = {"--round=3", "rounds=3", "--rounds", "--rounds=0", "--seconds=601", "--"})
  void refusesWhatIsNotAnOption(String word) {
    assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(List.of(word)));
  }
}
