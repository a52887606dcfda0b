package dev.portcullis.gateway.meter;

import dev.portcullis.policy.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The gateway's meters. Labels are reasons, route ids, API names and fixed words only. */
public final class Meters {
  /** How the chain came to its decision. */
  public enum Outcome {
    /** Allowed from the near cache, without a remote call. */
    HIT,
    /** Allowed after a remote call. */
    MISS,
    /** Refused. */
    REFUSED,
    /** Refused because the store was gone. */
    OUTAGE
  }

  /** What came of a token that was sent over plain HTTP. */
  public enum ExposureOutcome {
    /** It is revoked. */
    REVOKED,
    /** It is of another issuer, and cannot be revoked. */
    FOREIGN,
    /** It could not be revoked, and is still good. */
    FAILED,
    /** Nobody could tell whether it was one. */
    UNEXAMINED
  }

  /** The label of an allowed request, where a refused one has its reason. */
  private static final String ALLOWED = "ALLOWED";

  /** Stands for the API and the route of a request that has none. */
  public static final String NONE = "none";

  private final Instruments instruments;
  private final Map<DecisionKey, Counter> decisions = new ConcurrentHashMap<>();
  private final Map<Outcome, Timer> chain = new EnumMap<>(Outcome.class);
  private final Counter failedReloads;
  private final Map<ExposureOutcome, Counter> exposures = new EnumMap<>(ExposureOutcome.class);

  private record DecisionKey(Metric metric, String api, String route, String reason) {}

  /** Registers with this registry. */
  public Meters(MeterRegistry registry) {
    this.instruments = new Instruments(registry);
    this.failedReloads = instruments.counter(Metric.POLICY_RELOAD_FAILURES);
    for (Outcome outcome : Outcome.values()) {
      chain.put(outcome, chain(outcome));
    }
    for (ExposureOutcome outcome : ExposureOutcome.values()) {
      exposures.put(outcome, instruments.counter(Metric.EXPOSED_TOKENS, outcome.name()));
    }
  }

  /** There from the start: a rate is blind to the first of a series. */
  private Timer chain(Outcome outcome) {
    return instruments.histogram(
        Metric.CHAIN, Duration.ofNanos(1_000), Duration.ofSeconds(1), outcome.name());
  }

  /** Counts an allowed request. */
  public void allowed(String api, String route) {
    decided(api, route, ALLOWED);
  }

  /** Counts a refused request; api and route are {@code none} where no route was found. */
  public void refused(String api, String route, Reason reason) {
    decided(api, route, reason.name());
  }

  private void decided(String api, String route, String reason) {
    count(Metric.DECISIONS, api, route, reason);
  }

  /** Counts a request that passed on a route in shadow mode and would have been refused. */
  public void shadowRefused(String api, String route, Reason reason) {
    count(Metric.SHADOW_REFUSALS, api, route, reason.name());
  }

  /** Counts a request that passed though a limit could not count it. */
  public void uncounted(String api, String route) {
    instruments.counter(Metric.LIMIT_UNCOUNTED, api, route).increment();
  }

  private void count(Metric metric, String api, String route, String reason) {
    decisions
        .computeIfAbsent(
            new DecisionKey(metric, api, route, reason),
            key -> instruments.counter(metric, api, route, reason))
        .increment();
  }

  /** Forgets all routes but these: there are as many series as routes, whatever they once were. */
  public void keepRoutes(Set<String> routes) {
    Set<String> kept = new HashSet<>(routes);
    kept.add(NONE);
    decisions.keySet().removeIf(key -> !kept.contains(key.route));
    for (Metric metric :
        List.of(Metric.DECISIONS, Metric.SHADOW_REFUSALS, Metric.LIMIT_UNCOUNTED)) {
      instruments.keep(metric, "route", kept);
    }
  }

  /** Records how long the chain took to decide. */
  public void decided(Outcome outcome, Duration took) {
    Objects.requireNonNull(chain.get(outcome)).record(took);
  }

  /**
   * Shows which generation of the policies is in force.
   *
   * @param current whether that is what the files say
   */
  public void policies(LongSupplier generation, BooleanSupplier current) {
    instruments.gauge(Metric.POLICY_GENERATION, generation);
    instruments.gauge(Metric.POLICY_CURRENT, () -> current.getAsBoolean() ? 1 : 0);
  }

  /** Counts a token that was sent over plain HTTP where that revokes it. */
  public void exposed(ExposureOutcome outcome) {
    Objects.requireNonNull(exposures.get(outcome)).increment();
  }

  /** Counts a change of the policy files that was not sound. */
  public void reloadFailed() {
    failedReloads.increment();
  }

  /** Shows how many connections of clients are open, and how many were one too many. */
  public void connections(LongSupplier open, LongSupplier overTotal, LongSupplier overAddress) {
    instruments.gauge(Metric.CONNECTIONS, open);
    instruments.count(Metric.CONNECTIONS_REFUSED, overTotal, "total");
    instruments.count(Metric.CONNECTIONS_REFUSED, overAddress, "address");
  }

  /** Shows how many buckets of limits are remembered. */
  public void buckets(LongSupplier size) {
    instruments.gauge(Metric.LIMIT_BUCKETS, size);
  }

  /** Shows how many requests wait to be told of in the audit trail, and how many never will. */
  public void activity(LongSupplier waiting, LongSupplier dropped) {
    instruments.gauge(Metric.ACTIVITY_WAITING, waiting);
    instruments.count(Metric.ACTIVITY_DROPPED, dropped);
  }

  /** Shows how many lines a log has left out. */
  public void suppressed(String log, LongSupplier lines) {
    instruments.count(Metric.LOG_SUPPRESSED, lines, log);
  }

  /** Shows how many sources of failed authentications are remembered. */
  public void failures(LongSupplier sources) {
    instruments.gauge(Metric.FAILURES_SOURCES, sources);
  }
}
