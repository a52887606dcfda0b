package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyResultTest {
  private static final String LINE =
      "{\"count\": 9000, \"failures\": 2, \"perSecond\": 2990.5, \"p50\": 900.5, \"p90\": 1100.0,"
          + " \"p99\": 2500.0, \"p999\": 8000.0, \"max\": 12000.0, \"late50\": 700.0,"
          + " \"late99\": 1900.0, \"lateMax\": 9000.0}";

  @Test
  void findsTheResultAmongWhatElseIsPrinted() throws IOException {
    assertThat(LatencyResult.parse(List.of("Simulation started...", LINE, "WARN done")))
        .isEqualTo(new LatencyResult(9000, 2, 2990.5, 0.9005, 2.5, 8, 12, 1.9));
  }

  @Test
  void refusesARunWithoutAResult() {
    assertThatIOException().isThrownBy(() -> LatencyResult.parse(List.of("Run crashed")));
    assertThatIOException().isThrownBy(() -> LatencyResult.parse(List.of("{\"count\": 0}")));
  }

  @Test
  void keepsUpWithARateThatIsReachedByRequestsBegunInTime() throws IOException {
    LatencyResult result = LatencyResult.parse(List.of(LINE));
    assertThat(result.keptUp(3_000)).isTrue();
    assertThat(result.keptUp(3_100)).as("too few").isFalse();
    assertThat(
            LatencyResult.parse(List.of(LINE.replace("\"late99\": 1900.0", "\"late99\": 90000.0")))
                .keptUp(3_000))
        .as("too late")
        .isFalse();
  }
}
