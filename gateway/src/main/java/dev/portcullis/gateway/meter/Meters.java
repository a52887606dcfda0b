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
  private final Map<Outcome, Timer> chain = new ConcurrentHashMap<>();
  private final Map<StoreKey, Timer> store = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> tokens = new ConcurrentHashMap<>();
  private final Timer heartbeat;
  private final Counter failedReloads;

  private record StoreKey(String operation, String outcome) {}

  private record DecisionKey(String meter, String api, String route, String reason) {}

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
    decided(api, route, ALLOWED);
  }

  /** Counts a refused request; api and route are {@code none} where no route was found. */
  public void refused(String api, String route, Reason reason) {
    decided(api, route, reason.name());
  }

  private void decided(String api, String route, String reason) {
    count(
        new DecisionKey("portcullis.decisions", api, route, reason),
        "Requests by what was decided over them");
  }

  /** Counts a request that passed on a route in shadow mode and would have been refused. */
  public void shadowRefused(String api, String route, Reason reason) {
    count(
        new DecisionKey("portcullis.shadow.refusals", api, route, reason.name()),
        "Requests that passed only because their route is in shadow mode");
  }

  /** Counts a request that passed though a limit could not count it. */
  public void uncounted(String api, String route) {
    count(
        new DecisionKey("portcullis.limit.uncounted", api, route, ALLOWED),
        "Requests let pass uncounted by a limit, for the store was gone");
  }

  private void count(DecisionKey key, String description) {
    decisions
        .computeIfAbsent(
            key,
            each ->
                Counter.builder(each.meter)
                    .description(description)
                    .tags("api", each.api, "route", each.route, "reason", each.reason)
                    .register(registry))
        .increment();
  }

  /** Records how long the chain took to decide. */
  public void decided(Outcome outcome, Duration took) {
    chain
        .computeIfAbsent(
            outcome,
            o ->
                histogram("portcullis.chain", "Time the chain took to decide", 1_000)
                    .tag("outcome", o.name())
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
                histogram("portcullis.store", "Time the store took to answer, or not to", 10_000)
                    .tags("operation", key.operation, "outcome", key.outcome)
                    .register(registry))
        .record(took);
  }

  private static Timer.Builder histogram(String name, String description, int fromNanos) {
    return Timer.builder(name)
        .description(description)
        .minimumExpectedValue(Duration.ofNanos(fromNanos))
        .maximumExpectedValue(Duration.ofSeconds(1))
        .publishPercentileHistogram();
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
    LongSupplier one = () -> up.getAsBoolean() ? 1 : 0;
    gauge("portcullis.store.up", "1 while the store is connected and answers", one);
    gauge("portcullis.invalidation.up", "1 while the store tells of every change", one);
    TimeGauge.builder("portcullis.invalidation.lag", () -> lag.get().toNanos(), NANOSECONDS)
        .description("Time since the last proof that no change was missed")
        .register(registry);
  }

  /** Shows which generation of the policies is in force. */
  public void policies(LongSupplier generation) {
    gauge(
        "portcullis.policy.generation",
        "How often the policies were read, up to those in force",
        generation);
  }

  /**
   * Shows how many tokens there are.
   *
   * @param active neither revoked nor expired
   * @param old those of the active that were created long ago
   * @param ending those of the active that end soon
   */
  public void tokens(long active, long old, long ending) {
    inState("active").set(active);
    inState("old").set(old);
    inState("ending").set(ending);
  }

  private AtomicLong inState(String state) {
    return tokens.computeIfAbsent(
        state,
        word -> {
          AtomicLong count = new AtomicLong();
          gauge(
              "portcullis.tokens",
              "Tokens that are good, and those of them that are old or end soon",
              count::get,
              "state",
              word);
          return count;
        });
  }

  /** Counts a change of the policy files that was not sound. */
  public void reloadFailed() {
    failedReloads.increment();
  }

  /** Shows how many answers a cache gave while changes may have been missed. */
  public void staleServes(LongSupplier count) {
    counter("portcullis.cache.stale", "Answers while changes may have been missed", count);
  }

  /** Shows how many connections of clients are open, and how many were one too many. */
  public void connections(LongSupplier open, LongSupplier overTotal, LongSupplier overAddress) {
    gauge("portcullis.connections", "Connections of clients that are open", open);
    String what = "Connections that were one too many";
    counter("portcullis.connections.refused", what, overTotal, "bound", "total");
    counter("portcullis.connections.refused", what, overAddress, "bound", "address");
  }

  /** Shows how many buckets of limits are remembered. */
  public void buckets(LongSupplier size) {
    gauge("portcullis.limit.buckets", "Buckets of limits that are remembered", size);
  }

  /** Shows how many sources of failed authentications are remembered. */
  public void failures(LongSupplier sources) {
    gauge("portcullis.failures.sources", "Sources of failures that are remembered", sources);
  }

  /** Shows a cache with this name, a fixed word. */
  public void cache(
      String name,
      LongSupplier size,
      LongSupplier hits,
      LongSupplier misses,
      LongSupplier evicted) {
    gauge("portcullis.cache.size", "Entries in the cache", size, "cache", name);
    String requests = "portcullis.cache.requests";
    counter(requests, "Look-ups in the cache", hits, "cache", name, "result", "hit");
    counter(requests, "Look-ups in the cache", misses, "cache", name, "result", "miss");
    counter("portcullis.cache.evictions", "Entries that had to make room", evicted, "cache", name);
  }

  private void gauge(String name, String description, LongSupplier value, String... tags) {
    Gauge.builder(name, value::getAsLong).description(description).tags(tags).register(registry);
  }

  private void counter(String name, String description, LongSupplier count, String... tags) {
    // Bound to this object: the registry would let go of the supplier.
    FunctionCounter.builder(name, this, self -> count.getAsLong())
        .description(description)
        .tags(tags)
        .register(registry);
  }
}
