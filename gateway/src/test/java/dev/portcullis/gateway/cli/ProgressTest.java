package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final CommandLineRun line = new CommandLineRun(Path.of(""));
  private final Progress.Quiet options = new Progress.Quiet();

  @Test
  void drawsABarOnATerminalAndTakesItAway() {
    line.watched().environment("NO_COLOR", "1");
    try (Progress progress = options.start(line.surroundings(), "importing", 2000)) {
      progress.advance(500);
      progress.draw();
      assertThat(line.err())
          .contains("\rimporting  [#######-----------------------]  25%  500 of 2,000, ")
          .contains("/s, ")
          .contains(" left");
    }
    assertThat(line.err()).matches("(?s).*\r +\r").doesNotContain("\u001b", "\n");
  }

  @Test
  void coloursTheBarWhereThatIsWanted() {
    line.watched();
    try (Progress progress = options.start(line.surroundings(), "importing", 10)) {
      progress.advance(10);
      progress.draw();
    }
    assertThat(line.err()).contains("[\u001b[32m" + "#".repeat(30) + "\u001b[0m]  100%  10 of 10");
  }

  @Test
  void movesWhileNothingIsHeard() {
    line.watched();
    try (Progress _ = options.start(line.surroundings(), "deleting", 0)) {
      await()
          .untilAsserted(() -> assertThat(line.err()).contains("|").contains("/").contains("0:0"));
    }
  }

  @Test
  void keepsOtherLinesWhole() {
    line.watched().environment("NO_COLOR", "1");
    try (Progress progress = options.start(line.surroundings(), "importing", 10)) {
      progress.draw();
      progress.say("line 7 refused");
    }
    assertThat(line.err()).matches("(?s).*\r +\rline 7 refused\n.*");
  }

  @Test
  void writesALineForEachTenthWhereThereIsNoTerminal() {
    line.passing(Duration.ofMillis(1));
    advance(2000, 1000);
    assertThat(line.err().lines()).hasSize(10);
    assertThat(line.err())
        .startsWith("importing: 10%  200 of 2,000, ")
        .contains("importing: 100%  2,000 of 2,000, ")
        .doesNotContain("\r", "\u001b");
  }

  @Test
  void writesALineEachTenSecondsWhereTheTotalIsNotKnown() {
    line.passing(Duration.ofMillis(100));
    advance(0, 1000);
    assertThat(line.err().lines()).hasSize(10);
    assertThat(line.err()).contains("importing: 1,982, 19/s, 1:40");
  }

  private void advance(long total, int times) {
    try (Progress progress = options.start(line.surroundings(), "importing", total)) {
      for (int i = 0; i < times; i++) {
        progress.advance(2);
      }
    }
  }

  @Test
  void isSilentWhereThatIsWanted() {
    line.watched();
    options.quiet = true;
    try (Progress progress = options.start(line.surroundings(), "importing", 10)) {
      progress.advance(10);
      progress.draw();
    }
    assertThat(line.err()).isEmpty();
  }
}
