package dev.portcullis.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.control.TestClock;
import dev.portcullis.gateway.health.Part.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayHealthTest {
  private final TestClock clock = new TestClock();
  private final Map<String, Part> parts = new HashMap<>();
  private final GatewayHealth health =
      new GatewayHealth(List.of(() -> part("one"), () -> part("other")), clock);

  private Part part(String name) {
    return parts.getOrDefault(name, new Part(name, Condition.UP, clock.instant(), ""));
  }

  private Instant set(String name, Condition condition) {
    clock.advance(Duration.ofSeconds(1));
    parts.put(name, new Part(name, condition, clock.instant(), ""));
    return clock.instant();
  }

  @ParameterizedTest
  @CsvSource({
    "UP, UP, SERVING",
    "UP, DEGRADED, DEGRADED",
    "DEGRADED, UP, DEGRADED",
    "DEGRADED, DOWN, STARTING",
    "DOWN, UP, STARTING",
  })
  void isAsItsWorstPart(Condition one, Condition other, GatewayState state) {
    set("one", one);
    set("other", other);
    assertThat(health.look().state()).isEqualTo(state);
    assertThat(health.look().parts()).extracting(Part::condition).containsExactly(one, other);
  }

  @ParameterizedTest
  @CsvSource({"UP", "DEGRADED", "DOWN"})
  void stopsHoweverItsPartsAre(Condition condition) {
    set("one", condition);
    health.stop();
    Instant stopped = clock.instant();
    clock.advance(Duration.ofSeconds(1));
    health.stop();
    assertThat(health.look().state()).isEqualTo(GatewayState.STOPPING);
    assertThat(health.look().since()).isEqualTo(stopped);
  }

  @Test
  void isDegradedSinceTheFirstOfItsPartsIs() {
    Instant first = set("other", Condition.DEGRADED);
    set("one", Condition.DEGRADED);
    assertThat(health.look().since()).isEqualTo(first);
  }

  @Test
  void servesSinceTheLastOfItsPartsIsUp() {
    set("one", Condition.UP);
    Instant last = set("other", Condition.UP);
    clock.advance(Duration.ofSeconds(1));
    assertThat(health.look().since()).isEqualTo(last);
    assertThat(health.look().at()).isEqualTo(clock.instant());
  }

  @Test
  void startsSinceItWasMade() {
    set("one", Condition.DOWN);
    assertThat(health.look().since()).isEqualTo(health.startedAt()).isBefore(clock.instant());
  }
}
