package dev.portcullis.load.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final long MILLI = 1_000_000;

  /** Ten a second: ten that do not count, and twenty that do. */
  private static final Plan PLAN = new Plan(URI.create("http://127.0.0.1:1/"), Map.of(), 10, 1, 2);

  private final Latencies latencies = new Latencies(PLAN);

  private void ended(int number, long lateMillis, long tookMillis, boolean good) {
    long from = -5_000 * MILLI + PLAN.due(number) + lateMillis * MILLI;
    latencies.ended(number, from, from + tookMillis * MILLI, good);
  }

  @Test
  void leavesTheWarmUpOut() {
    for (int i = 0; i < 10; i++) {
      ended(i, 0, 900, false);
    }
    ended(10, 0, 1, true);
    assertThat(latencies.json())
        .contains("\"count\": 1", "\"failures\": 0")
        .containsPattern("\"max\": 1000\\.\\d");
  }

  @Test
  void tellsTimesFromWhenARequestWasBegunAndHowLateThatWas() {
    for (int i = 10; i < 30; i++) {
      ended(i, i == 29 ? 40 : 3, i == 28 ? 100 : 2, i != 28);
    }
    assertThat(latencies.json())
        .contains("\"count\": 20", "\"failures\": 1")
        .containsPattern("\"p50\": 200\\d\\.\\d")
        .containsPattern("\"max\": 100\\d\\d\\d\\.\\d")
        .contains("\"late50\": 0.0")
        .containsPattern("\"lateMax\": 370\\d\\d\\.\\d");
  }

  @Test
  void tellsTheRateThatWasReached() {
    for (int i = 10; i < 30; i++) {
      ended(i, i == 29 ? 2_100 : 0, 0, true);
    }
    assertThat(latencies.json()).contains("\"perSecond\": 5.0");
  }

  @Test
  void saysThatNothingEnded() {
    assertThat(latencies.json()).isEqualTo("{\"count\": 0}");
  }
}
