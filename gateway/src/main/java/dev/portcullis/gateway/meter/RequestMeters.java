package dev.portcullis.gateway.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of whole requests, as clients see them. Labels are API names and fixed words only. */
public final class RequestMeters {
  /** What became of a request. */
  public enum Outcome {
    /** It was let through, and answered. */
    ALLOWED,
    /** It was refused. */
    REFUSED,
    /** It was let through, and the gateway had to answer for its upstream. */
    FAULTED,
    /** Its client was gone before its answer was. */
    ABANDONED
  }

  /** What came between a request that was let through and its answer. */
  public enum Fault {
    /** The upstream was not reached, or its answer was none: 502. */
    BAD_GATEWAY,
    /** The upstream took too long: 504. */
    TIMEOUT,
    /** The answer ended before its end. */
    BROKEN_OFF,
    /** Something unexpected in the gateway: 500. */
    INTERNAL
  }

  private static final Duration SHORTEST = Duration.ofNanos(500_000);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Instruments instruments;
  private final Map<RequestKey, Timer> requests = new ConcurrentHashMap<>();
  private final Map<FaultKey, Counter> faults = new ConcurrentHashMap<>();

  private record RequestKey(String api, Outcome outcome, int statusClass) {
    private String status() {
      return switch (statusClass) {
        case 0 -> "none";
        case 1, 2, 3, 4, 5 -> statusClass + "xx";
        default -> "other";
      };
    }
  }

  private record FaultKey(String api, Fault fault) {}

  /** Registers with this registry. */
  public RequestMeters(MeterRegistry registry) {
    this.instruments = new Instruments(registry);
  }

  /**
   * Records a request when its answer has ended.
   *
   * @param api {@code none} where no route was found
   * @param status 0 where there was no answer
   */
  public void ended(String api, Outcome outcome, int status, Duration took) {
    requests
        .computeIfAbsent(
            new RequestKey(api, outcome, status / 100),
            key ->
                instruments.histogram(
                    Metric.REQUESTS, SHORTEST, LONGEST, key.api, key.outcome.name(), key.status()))
        .record(took);
  }

  /** Counts a request that was let through and came to grief. */
  public void faulted(String api, Fault fault) {
    faults(api, fault).increment();
  }

  private Counter faults(String api, Fault fault) {
    return faults.computeIfAbsent(
        new FaultKey(api, fault),
        key -> instruments.counter(Metric.FAULTS, key.api, key.fault.name()));
  }

  /**
   * Forgets all APIs but these, whose faults are there before the first: a rate is blind to the
   * first of a series.
   */
  public void keepApis(Set<String> apis) {
    Set<String> kept = new HashSet<>(apis);
    kept.add(Meters.NONE);
    requests.keySet().removeIf(key -> !kept.contains(key.api));
    faults.keySet().removeIf(key -> !kept.contains(key.api));
    instruments.keep(Metric.REQUESTS, "api", kept);
    instruments.keep(Metric.FAULTS, "api", kept);
    for (String api : apis) {
      for (Fault fault : Fault.values()) {
        Counter _ = faults(api, fault);
      }
    }
  }
}
