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
        instruments.histogram(
            Metric.INVALIDATION_ROUND_TRIP, Duration.ofNanos(100_000), Duration.ofSeconds(10));
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
                    Metric.STORE,
                    Duration.ofNanos(10_000),
                    Duration.ofSeconds(1),
                    operation,
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
   * @param up whether the store is connected
   * @param telling whether it is known to tell of changes
   * @param lag time since the moment for which it is known that all changes before it were told
   */
  public void channel(BooleanSupplier up, BooleanSupplier telling, Supplier<Duration> lag) {
    instruments.gauge(Metric.STORE_UP, () -> up.getAsBoolean() ? 1 : 0);
    instruments.gauge(Metric.INVALIDATION_UP, () -> telling.getAsBoolean() ? 1 : 0);
    instruments.timeGauge(Metric.INVALIDATION_LAG, lag);
  }

  /** Shows how many answers a cache gave while changes may have been missed. */
  public void staleServes(LongSupplier count) {
    instruments.count(Metric.CACHE_STALE, count);
  }

  /** Shows a cache with this name, a fixed word. */
  public void cache(
      String name,
      LongSupplier size,
      LongSupplier hits,
      LongSupplier misses,
      LongSupplier evicted) {
    instruments.gauge(Metric.CACHE_SIZE, size, name);
    instruments.count(Metric.CACHE_REQUESTS, hits, name, "hit");
    instruments.count(Metric.CACHE_REQUESTS, misses, name, "miss");
    instruments.count(Metric.CACHE_EVICTIONS, evicted, name);
  }
}
