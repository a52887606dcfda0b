package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetRoundTest {

  private static Round round(long requests, double perSecond, double cpuMicros, long failures) {
    return new Round("g", new WrkResult(requests, perSecond, 1, 2, failures, 0), cpuMicros);
  }

  @Test
  void addsUpGatewaysAndWeighsThemByTheirRequests() {
    FleetRound both =
        FleetRound.of(
            List.of(round(3_000, 300, 100, 0), round(1_000, 100, 200, 2)),
            Map.of("ping", 40L, "role", 5L, "eval", 8L, "get", 2L));
    assertThat(both).isEqualTo(new FleetRound(2, 400, 125, 0.0025, 2));
  }
}
