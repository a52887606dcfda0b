package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
  private static final Figure MET = Figure.atLeast("ratio", 0.9, "", 0.9);
  private static final Figure MISSED = Figure.atMost("p99", 100.5, "ms", 100);

  @Test
  void aFigureOnItsBoundIsMet() {
    assertThat(MET.met()).isTrue();
    assertThat(Figure.atMost("p99", 100, "ms", 100).met()).isTrue();
    assertThat(Figure.exactly("reads", 0, 0).met()).isTrue();
  }

  @Test
  void aFigureBeyondItsBoundIsMissed() {
    assertThat(MISSED).hasToString("p99: 100.5 ms (at most 100: MISSED)");
    assertThat(Figure.atLeast("ratio", 0.899, "", 0.9).met()).isFalse();
    assertThat(Figure.exactly("reads", 1, 0).met()).isFalse();
  }

  @Test
  void oneMissedFigureMakesTheReportMissed() {
    assertThat(report(MET).met()).isTrue();
    assertThat(report(MET, MISSED).met()).isFalse();
  }

  @Test
  void isWrittenForPeopleAndForPrograms(@TempDir Path directory) throws IOException {
    report(MET, MISSED).write(directory.resolve("results"));
    assertThat(directory.resolve("results/some.md"))
        .content()
        .contains("| p99 | 100.5 | ms | at most 100 | MISSED |", "| 1 | 0.500 |");
    JsonNode json =
        new JsonMapper().readTree(Files.readString(directory.resolve("results/some.json")));
    assertThat(json.at("/figures/1/value").asDouble()).isEqualTo(100.5);
    assertThat(json.at("/machine/processors").asString()).isEqualTo("2");
  }

  private static Report report(Figure... figures) {
    return new Report(
        "some",
        Map.of("processors", "2"),
        List.of("a note"),
        List.of(figures),
        List.of(Table.of("Rounds", "pair", "ratio").with(1, 0.5)));
  }
}
