package dev.portcullis.gateway.meter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The meters of the store and of what is remembered of it. Labels are fixed words only. */
public final class StoreMeters {
  private final Instruments instruments;
  private final Map<StoreKey, Timer> store = new ConcurrentHashMap<>();
  private final Timer heartbeat;

  private record StoreKey(String operation, String outcome) {}

  /** Registers with this registry. */
  public StoreMeters(MeterRegistry registry) {
    this.instruments = new Instruments(registry);
    this.heartbeat =
        instruments.timer(
            "portcullis.invalidation.round.trip", "Time the store took to answer a heartbeat");
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
                instruments.histogram(
                    "portcullis.store",
                    "Time the store took to answer, or not to",
                    Duration.ofNanos(10_000),
                    "operation",
                    operation,
                    "outcome",
                    outcome))
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
    LongSupplier one = () -> up.getAsBoolean() ? 1 : 0;
    instruments.gauge("portcullis.store.up", "1 while the store is connected and answers", one);
    instruments.gauge("portcullis.invalidation.up", "1 while the store tells of every change", one);
    instruments.gauge(
        "portcullis.invalidation.lag", "Time since the last proof that no change was missed", lag);
  }

  /** Shows how many answers a cache gave while changes may have been missed. */
  public void staleServes(LongSupplier count) {
    instruments.count(
        "portcullis.cache.stale", "Answers while changes may have been missed", count);
  }

  /** Shows a cache with this name, a fixed word. */
  public void cache(
      String name,
      LongSupplier size,
      LongSupplier hits,
      LongSupplier misses,
      LongSupplier evicted) {
    instruments.gauge("portcullis.cache.size", "Entries in the cache", size, "cache", name);
    String requests = "portcullis.cache.requests";
    instruments.count(requests, "Look-ups in the cache", hits, "cache", name, "result", "hit");
    instruments.count(requests, "Look-ups in the cache", misses, "cache", name, "result", "miss");
    instruments.count(
        "portcullis.cache.evictions", "Entries that had to make room", evicted, "cache", name);
  }
}
