package dev.portcullis.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastUsesTest {
  private static final Optional<InetAddress> HERE = Optional.of(InetAddress.ofLiteral("192.0.2.7"));
  private static final Optional<InetAddress> THERE =
      Optional.of(InetAddress.ofLiteral("2001:db8::5"));

  private final FakeTicker ticker = new FakeTicker();
  private Instant now = Instant.parse("2026-06-01T12:00:00Z");
  private final LastUses uses = new LastUses(3, () -> now, ticker);

  @Test
  void tellsWhenAndFromWhereATokenWasUsed() {
    uses.record("a", HERE);
    uses.record("b", Optional.empty());
    assertThat(uses.drain(10))
        .containsExactlyInAnyOrder(
            new Use("a", now, Optional.of("192.0.2.7")), new Use("b", now, Optional.empty()));
    assertThat(uses.drain(10)).isEmpty();
  }

  @Test
  void takesOneUseOfATokenAMinuteWhetherOrNotItWasDrained() {
    Instant first = now;
    uses.record("a", HERE);
    advance(Duration.ofSeconds(59));
    uses.record("a", THERE);
    assertThat(uses.drain(10)).containsExactly(new Use("a", first, Optional.of("192.0.2.7")));
    uses.record("a", THERE);
    assertThat(uses.drain(10)).isEmpty();
    advance(Duration.ofSeconds(1));
    uses.record("a", THERE);
    assertThat(uses.drain(10))
        .containsExactly(new Use("a", now, Optional.of("2001:db8:0:0:0:0:0:5")));
  }

  @Test
  void keepsTheLatestUseOnlyWhileNobodyDrains() {
    for (int minute = 0; minute < 5; minute++) {
      uses.record("a", HERE);
      advance(Duration.ofMinutes(1));
    }
    assertThat(uses.drain(10))
        .extracting(Use::at)
        .containsExactly(now.minus(Duration.ofMinutes(1)));
  }

  @Test
  void dropsWhatDoesNotFitAndHasRoomAgainAfterAMinute() {
    for (String id : List.of("a", "b", "c", "d")) {
      uses.record(id, HERE);
    }
    assertThat(ids(uses.drain(10))).containsExactlyInAnyOrder("a", "b", "c");
    for (String id : List.of("a", "b", "c", "d")) {
      uses.record(id, HERE);
    }
    assertThat(uses.drain(10)).as("still the same minute").isEmpty();
    advance(Duration.ofMinutes(1));
    assertThat(uses.drain(10)).isEmpty();
    uses.record("d", HERE);
    assertThat(ids(uses.drain(10))).containsExactly("d");
  }

  @Test
  void hasNoMoreThanItsSizeWaitingWhenTheMinuteIsOver() {
    for (String id : List.of("a", "b", "c")) {
      uses.record(id, HERE);
    }
    advance(Duration.ofMinutes(1));
    assertThat(uses.drain(1)).hasSize(1);
    for (String id : List.of("d", "e", "f")) {
      uses.record(id, HERE);
    }
    assertThat(ids(uses.drain(10))).hasSize(3).contains("d").doesNotContain("e", "f");
  }

  @Test
  void drainsNoMoreThanItIsAskedFor() {
    for (String id : List.of("a", "b", "c")) {
      uses.record(id, HERE);
    }
    List<String> drained = new ArrayList<>(ids(uses.drain(2)));
    assertThat(drained).hasSize(2);
    drained.addAll(ids(uses.drain(2)));
    assertThat(drained).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void takesBackWhatCouldNotBeWrittenUnlessThereIsALaterUse() {
    uses.record("a", HERE);
    uses.record("b", HERE);
    List<Use> drained = uses.drain(10);
    advance(Duration.ofMinutes(1));
    uses.record("a", THERE);
    uses.putBack(drained);
    assertThat(uses.drain(10))
        .containsExactlyInAnyOrder(
            new Use("a", now, Optional.of("2001:db8:0:0:0:0:0:5")),
            new Use("b", now.minus(Duration.ofMinutes(1)), Optional.of("192.0.2.7")));
  }

  @Test
  void takesBackNoMoreThanFits() {
    uses.record("a", HERE);
    uses.record("b", HERE);
    uses.putBack(List.of(new Use("c", now, Optional.empty()), new Use("d", now, Optional.empty())));
    assertThat(ids(uses.drain(10))).containsExactlyInAnyOrder("a", "b", "c");
  }

  private void advance(Duration by) {
    ticker.advance(by);
    now = now.plus(by);
  }

  private static List<String> ids(List<Use> uses) {
    return uses.stream().map(Use::tokenId).toList();
  }
}
