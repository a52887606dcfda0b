package dev.portcullis.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.control.TestClock;
import dev.portcullis.gateway.health.Part.Condition;
import dev.portcullis.policy.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyChangesTest {
  private static final Problem PROBLEM = new Problem("a.yaml", 3, "routes", "is missing");

  private final TestClock clock = new TestClock();
  private final PolicyChanges changes = new PolicyChanges(clock);

  @Test
  void isDownUntilPoliciesAreInForce() {
    assertThat(changes.look().condition()).isEqualTo(Condition.DOWN);
    changes.inForce();
    assertThat(changes.look().condition()).isEqualTo(Condition.UP);
    assertThat(changes.known().loadedAt()).contains(clock.instant());
  }

  @Test
  void isDegradedFromTheFirstUnsoundChangeToTheNextSoundOne() {
    changes.inForce();
    Instant loaded = clock.instant();
    clock.advance(Duration.ofSeconds(1));
    changes.unsound(List.of(PROBLEM));
    Instant first = clock.instant();
    clock.advance(Duration.ofSeconds(1));
    changes.unsound(List.of(PROBLEM));
    clock.advance(Duration.ofSeconds(1));
    changes.unsound(List.of(PROBLEM, PROBLEM));
    assertThat(changes.known().unsound().orElseThrow().at()).isEqualTo(clock.instant());
    assertThat(changes.look().condition()).isEqualTo(Condition.DEGRADED);
    assertThat(changes.look().since()).isEqualTo(first);
    assertThat(changes.known().loadedAt()).contains(loaded);
    assertThat(changes.known().unsound().orElseThrow().problems()).hasSize(2);
    changes.inForce();
    assertThat(changes.look().condition()).isEqualTo(Condition.UP);
    assertThat(changes.look().since()).isEqualTo(clock.instant());
    assertThat(changes.known().unsound()).isEmpty();
  }
}
