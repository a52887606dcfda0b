package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadTestsTest {

  @Test
  void theShortFormHasShortRoundsAndAFolderOfItsOwn() {
    assertThat(LoadTests.chosen("short"))
        .extracting(Measurement::name)
        .containsExactlyInAnyOrder("compare", "refusals", "latency", "chain");
    assertThat(LoadTests.chosen("short"))
        .extracting(measurement -> LoadTests.options(measurement, "short", List.of()))
        .allMatch(options -> options.seconds() <= 3 && options.rounds() == 1)
        .extracting(Options::results)
        .containsOnly(Path.of("load-tests/results/short"));
  }

  @Test
  void theCommandLineWinsOverTheShortForm() {
    Measurement compare = LoadTests.chosen("compare").getFirst();
    Options options =
        LoadTests.options(compare, "short", List.of("--seconds=9", "--results=elsewhere"));
    assertThat(options.seconds()).isEqualTo(9);
    assertThat(options.results()).isEqualTo(Path.of("elsewhere"));
  }

  @Test
  void allHasEachThatNeedsNoOption() {
    assertThat(LoadTests.chosen("all"))
        .doesNotHaveDuplicates()
        .extracting(Measurement::name)
        .doesNotHaveDuplicates()
        .contains("compare", "tokens")
        .doesNotContain("change");
    assertThat(LoadTests.chosen("nothing")).isEmpty();
  }

  @Test
  void timesAreToldInMinutesAndSeconds() {
    assertThat(Progress.text(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Progress.text(Duration.ofSeconds(130))).isEqualTo("2 min 10 s");
    assertThat(Progress.text(Duration.ofSeconds(-1))).isEqualTo("0 s");
  }
}
