package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetLoadTest {
  private static final FleetLoad LOAD =
      new FleetLoad(
          0,
          10,
          List.of(sample(40, 200), sample(250, 200), sample(900, 429), sample(1, 503)),
          Map.of("ping", 100L, "role", 7L, "get", 2L, "evalsha", 1L),
          Map.of(),
          1,
          0);

  @Test
  void hasRoomForWhatWasAdmittedBeforeTheTime() {
    assertThat(LOAD.admissible(1, 1_000, 500)).isEqualTo(1_750);
  }

  @Test
  void countsOperationsWithoutHeartbeats() {
    assertThat(LOAD.operations()).isEqualTo(0.75);
  }

  @Test
  void failsByWhatIsNeitherAdmittedNorOverTheLimit() {
    assertThat(LOAD.failures()).isEqualTo(1);
    assertThat(LOAD.latencies(429).max()).isEqualTo(900);
  }

  private static Sample sample(long millis, int status) {
    return new Sample(0, millis * 1_000_000, status);
  }
}
