package dev.portcullis.gateway.meter;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.portcullis.policy.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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

  /** The label of an allowed request, where a refused one has its reason. */
  private static final String ALLOWED = "ALLOWED";

  private final MeterRegistry registry;
  private final Map<DecisionKey, Counter> decisions = new ConcurrentHashMap<>();
  private final Map<DecisionKey, Counter> shadow = new ConcurrentHashMap<>();
  private final Map<DecisionKey, Counter> uncounted = new ConcurrentHashMap<>();
  private final Map<Outcome, Timer> chain = new ConcurrentHashMap<>();
  private final Map<StoreKey, Timer> store = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> tokens = new ConcurrentHashMap<>();
  private final Timer heartbeat;
  private final Counter failedReloads;

  private record StoreKey(String operation, String outcome) {}

  private record DecisionKey(String api, String route, String reason) {}

  /** Registers with this registry. */
  public Meters(MeterRegistry registry) {
    this.registry = registry;
    this.heartbeat =
        Timer.builder("portcullis.invalidation.round.trip")
            .description("Time the store took to answer a heartbeat")
            .register(registry);
    this.failedReloads =
        Counter.builder("portcullis.policy.reload.failures")
            .description("Changes of the policy files that were not sound and changed nothing")
            .register(registry);
  }

  /** Counts an allowed request. */
  public void allowed(String api, String route) {
    count(new DecisionKey(api, route, ALLOWED));
  }

  /** Counts a refused request; api and route are {@code none} where no route was found. */
  public void refused(String api, String route, Reason reason) {
    count(new DecisionKey(api, route, reason.name()));
  }

  private void count(DecisionKey key) {
    decisions
        .computeIfAbsent(
            key, k -> register(k, "portcullis.decisions", "Requests by what was decided over them"))
        .increment();
  }

  /** Counts a request that passed on a route in shadow mode and would have been refused. */
  public void shadowRefused(String api, String route, Reason reason) {
    shadow
        .computeIfAbsent(
            new DecisionKey(api, route, reason.name()),
            k ->
                register(
                    k,
                    "portcullis.shadow.refusals",
                    "Requests that passed only because their route is in shadow mode"))
        .increment();
  }

  /** Counts a request that passed though a limit could not count it. */
  public void uncounted(String api, String route) {
    uncounted
        .computeIfAbsent(
            new DecisionKey(api, route, ALLOWED),
            k ->
                register(
                    k,
                    "portcullis.limit.uncounted",
                    "Requests let pass uncounted by a limit, for the store was gone"))
        .increment();
  }

  private Counter register(DecisionKey key, String name, String description) {
    return Counter.builder(name)
        .description(description)
        .tags("api", key.api, "route", key.route, "reason", key.reason)
        .register(registry);
  }

  /** Records how long the chain took to decide. */
  public void decided(Outcome outcome, Duration took) {
    chain
        .computeIfAbsent(
            outcome,
            o ->
                Timer.builder("portcullis.chain")
                    .description("Time the chain took to decide")
                    .tag("outcome", o.name())
                    .minimumExpectedValue(Duration.ofNanos(1_000))
                    .maximumExpectedValue(Duration.ofSeconds(1))
                    .publishPercentileHistogram()
                    .register(registry))
        .record(took);
  }

  /**
   * Records one operation of the store.
   *
   * @param operation a fixed word
   * @param outcome a fixed word
   */
  public void store(String operation, String outcome, Duration took) {
    store
        .computeIfAbsent(
            new StoreKey(operation, outcome),
            key ->
                Timer.builder("portcullis.store")
                    .description("Time the store took to answer, or not to")
                    .tags("operation", key.operation, "outcome", key.outcome)
                    .minimumExpectedValue(Duration.ofNanos(10_000))
                    .maximumExpectedValue(Duration.ofSeconds(1))
                    .publishPercentileHistogram()
                    .register(registry))
        .record(took);
  }

  /** Records how long the store took to answer a heartbeat: changes are told as late as that. */
  public void heartbeat(Duration took) {
    heartbeat.record(took);
  }

  /**
   * Shows the channel on which the store tells of changes.
   *
   * @param up whether the store is connected and changes are told
   * @param lag time since the moment for which it is known that all changes before it were told
   */
  public void channel(BooleanSupplier up, Supplier<Duration> lag) {
    Gauge.builder("portcullis.store.up", () -> up.getAsBoolean() ? 1 : 0)
        .description("1 while the store is connected and answers")
        .register(registry);
    Gauge.builder("portcullis.invalidation.up", () -> up.getAsBoolean() ? 1 : 0)
        .description("1 while the store tells of every change")
        .register(registry);
    TimeGauge.builder("portcullis.invalidation.lag", () -> lag.get().toNanos(), NANOSECONDS)
        .description("Time since the last proof that no change was missed")
        .register(registry);
  }

  /** Shows which generation of the policies is in force. */
  public void policies(LongSupplier generation) {
    Gauge.builder("portcullis.policy.generation", generation::getAsLong)
        .description("How often the policies were read, up to those in force")
        .register(registry);
  }

  /**
   * Shows how many tokens there are.
   *
   * @param active neither revoked nor expired
   * @param old those of the active that were created long ago
   * @param ending those of the active that end soon
   */
  public void tokens(long active, long old, long ending) {
    gauge("active").set(active);
    gauge("old").set(old);
    gauge("ending").set(ending);
  }

  private AtomicLong gauge(String state) {
    return tokens.computeIfAbsent(
        state,
        word -> {
          AtomicLong count = new AtomicLong();
          Gauge.builder("portcullis.tokens", count::get)
              .description("Tokens that are good, and those of them that are old or end soon")
              .tag("state", word)
              .register(registry);
          return count;
        });
  }

  /** Counts a change of the policy files that was not sound. */
  public void reloadFailed() {
    failedReloads.increment();
  }

  /** Shows how many answers a cache gave while changes may have been missed. */
  public void staleServes(LongSupplier count) {
    counter("portcullis.cache.stale", "Answers while changes may have been missed", count)
        .register(registry);
  }

  /** Shows how many connections of clients are open, and how many were one too many. */
  public void connections(LongSupplier open, LongSupplier overTotal, LongSupplier overAddress) {
    Gauge.builder("portcullis.connections", open::getAsLong)
        .description("Connections of clients that are open")
        .register(registry);
    String refused = "portcullis.connections.refused";
    counter(refused, "Connections that were one too many", overTotal)
        .tag("bound", "total")
        .register(registry);
    counter(refused, "Connections that were one too many", overAddress)
        .tag("bound", "address")
        .register(registry);
  }

  /** Shows a cache with this name, a fixed word. */
  public void cache(
      String name,
      LongSupplier size,
      LongSupplier hits,
      LongSupplier misses,
      LongSupplier evicted) {
    Gauge.builder("portcullis.cache.size", size::getAsLong)
        .description("Entries in the cache")
        .tag("cache", name)
        .register(registry);
    counter("portcullis.cache.requests", "Look-ups in the cache", hits)
        .tags("cache", name, "result", "hit")
        .register(registry);
    counter("portcullis.cache.requests", "Look-ups in the cache", misses)
        .tags("cache", name, "result", "miss")
        .register(registry);
    counter("portcullis.cache.evictions", "Entries that had to make room", evicted)
        .tag("cache", name)
        .register(registry);
  }

  private FunctionCounter.Builder<Meters> counter(
      String name, String description, LongSupplier count) {
    // Bound to this object: the registry would let go of the supplier.
    return FunctionCounter.builder(name, this, self -> count.getAsLong()).description(description);
  }
}
