package dev.portcullis.gateway.meter;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What meters are made of, in one registry; labels are given as names and values in turn.
 *
 * @param registry where they are registered
 */
record Instruments(MeterRegistry registry) {

  /** Counts what it is told. */
  Counter counter(String name, String description, String... labels) {
    return Counter.builder(name).description(description).tags(labels).register(registry);
  }

  /** Times what it is told. */
  Timer timer(String name, String description) {
    return Timer.builder(name).description(description).register(registry);
  }

  /** Times what it is told, in buckets from this time up to a second. */
  Timer histogram(String name, String description, Duration from, String... labels) {
    return Timer.builder(name)
        .description(description)
        .tags(labels)
        .minimumExpectedValue(from)
        .maximumExpectedValue(Duration.ofSeconds(1))
        .publishPercentileHistogram()
        .register(registry);
  }

  /** Shows a number that rises and falls. */
  void gauge(String name, String description, LongSupplier value, String... labels) {
    Gauge.builder(name, value::getAsLong).description(description).tags(labels).register(registry);
  }

  /** Shows a time that rises and falls. */
  void gauge(String name, String description, Supplier<Duration> value) {
    TimeGauge.builder(name, () -> value.get().toNanos(), NANOSECONDS)
        .description(description)
        .register(registry);
  }

  /** Shows a number that only rises. */
  void count(String name, String description, LongSupplier count, String... labels) {
    // Bound to what lives as long: the registry would let go of the supplier.
    FunctionCounter.builder(name, registry, any -> count.getAsLong())
        .description(description)
        .tags(labels)
        .register(registry);
  }
}
