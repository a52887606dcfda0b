package dev.portcullis.gateway.meter;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What meters are made of, in one registry; values of labels are given in the order in which the
 * metric names them.
 *
 * @param registry where they are registered
 */
record Instruments(MeterRegistry registry) {

  /** Counts what it is told. */
  Counter counter(Metric metric, String... labels) {
    return Counter.builder(metric.written())
        .description(metric.description())
        .tags(tags(metric, labels))
        .register(registry);
  }

  /** Times what it is told, in buckets between these two times. */
  Timer histogram(Metric metric, Duration from, Duration to, String... labels) {
    return Timer.builder(metric.written())
        .description(metric.description())
        .tags(tags(metric, labels))
        .minimumExpectedValue(from)
        .maximumExpectedValue(to)
        .publishPercentileHistogram()
        .register(registry);
  }

  /** Shows a number that rises and falls. */
  void gauge(Metric metric, LongSupplier value, String... labels) {
    Gauge.builder(metric.written(), value::getAsLong)
        .description(metric.description())
        .tags(tags(metric, labels))
        .register(registry);
  }

  /** Shows a time that rises and falls. */
  void timeGauge(Metric metric, Supplier<Duration> value) {
    TimeGauge.builder(metric.written(), () -> value.get().toNanos(), NANOSECONDS)
        .description(metric.description())
        .register(registry);
  }

  /** Shows a number that only rises. */
  void count(Metric metric, LongSupplier count, String... labels) {
    // Bound to what lives as long: the registry would let go of the supplier.
    FunctionCounter.builder(metric.written(), registry, any -> count.getAsLong())
        .description(metric.description())
        .tags(tags(metric, labels))
        .register(registry);
  }

  /** Ends the series of this metric whose label says anything else. */
  void keep(Metric metric, String label, Set<String> values) {
    for (Meter meter : registry.find(metric.written()).meters()) {
      if (!values.contains(meter.getId().getTag(label))) {
        registry.remove(meter);
      }
    }
  }

  private static List<Tag> tags(Metric metric, String... values) {
    if (values.length != metric.labels().size()) {
      throw new IllegalArgumentException(metric + " has the labels " + metric.labels());
    }
    List<Tag> tags = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      tags.add(Tag.of(metric.labels().get(i), values[i]));
    }
    return tags;
  }
}
