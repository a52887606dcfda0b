package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyRoundsTest {
  @TempDir private Path directory;

  private static LatencyResult result(double p99, long failures) {
    return new LatencyResult(100, failures, 50, 1, p99, p99 * 2, p99 * 3, 2);
  }

  @Test
  void comparesWithinARoundAndTellsMediansOverAll() throws IOException {
    try (Child none = Child.start("none", directory.resolve("log"), List.of("true"))) {
      Target a = new Target("a", URI.create("http://127.0.0.1:1"), none);
      Target b = new Target("b", URI.create("http://127.0.0.1:2"), none);
      LatencyRounds rounds = new LatencyRounds();
      double[][] p99 = {{3, 2}, {4, 10}, {6, 3}};
      for (int i = 0; i < p99.length; i++) {
        rounds.add(i + 1, a, result(p99[i][0], i));
        rounds.add(i + 1, b, result(p99[i][1], 0));
      }
      assertThat(rounds.ratio(a, b, LatencyResult::p99)).isEqualTo(1.5);
      assertThat(rounds.figures())
          .contains(
              Figure.told("a p99", 4, "ms"),
              Figure.told("b p99.9", 6, "ms"),
              Figure.exactly("answers other than 200", 3, 0));
      assertThat(rounds.rounds().rows()).hasSize(6);
      assertThat(rounds.summary().rows().getFirst()).startsWith("a", "1", "4", "3", "6");
    }
  }
}
