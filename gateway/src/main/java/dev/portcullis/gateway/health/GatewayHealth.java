package dev.portcullis.gateway.health;

import dev.portcullis.gateway.health.Part.Condition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The state of the gateway, which is that of its worst part until it stops. Safe for threads. */
public final class GatewayHealth {
  private final List<Watch> watches;
  private final InstantSource clock;
  private final Instant startedAt;
  private volatile Optional<Instant> stoppingSince = Optional.empty();

  /** Of these parts, from now on. */
  public GatewayHealth(List<Watch> watches, InstantSource clock) {
    this.watches = List.copyOf(watches);
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** When it was made, with the rest of the gateway. */
  public Instant startedAt() {
    return startedAt;
  }

  /** From now on it stops, however its parts are. */
  public synchronized void stop() {
    stoppingSince = stoppingSince.or(() -> Optional.of(clock.instant()));
  }

  /** How it stands now. */
  public Standing look() {
    Instant at = clock.instant();
    List<Part> parts = watches.stream().map(Watch::look).toList();
    return stoppingSince
        .map(since -> new Standing(at, GatewayState.STOPPING, since, parts))
        .orElseGet(() -> unlessStopping(at, parts));
  }

  private Standing unlessStopping(Instant at, List<Part> parts) {
    if (since(parts, Condition.DOWN).findAny().isPresent()) {
      return new Standing(at, GatewayState.STARTING, startedAt, parts);
    }
    return since(parts, Condition.DEGRADED)
        .min(Comparator.naturalOrder())
        .map(first -> new Standing(at, GatewayState.DEGRADED, first, parts))
        .orElseGet(() -> new Standing(at, GatewayState.SERVING, allUpSince(parts), parts));
  }

  private Instant allUpSince(List<Part> parts) {
    return since(parts, Condition.UP).max(Comparator.naturalOrder()).orElse(startedAt);
  }

  private static Stream<Instant> since(List<Part> parts, Condition condition) {
    return parts.stream().filter(part -> part.condition() == condition).map(Part::since);
  }
}
