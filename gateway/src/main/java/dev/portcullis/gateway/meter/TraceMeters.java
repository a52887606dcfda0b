package dev.portcullis.gateway.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The meters of what becomes of traces. */
public final class TraceMeters {
  /** What becomes of a span. */
  public enum Outcome {
    /** The collector took it. */
    EXPORTED,
    /** The collector did not take it. */
    LOST,
    /** Too many waited for the collector. */
    DROPPED
  }

  private final Map<Outcome, Counter> spans = new EnumMap<>(Outcome.class);

  /** Registers with this registry. */
  public TraceMeters(MeterRegistry registry) {
    Instruments instruments = new Instruments(registry);
    for (Outcome outcome : Outcome.values()) {
      spans.put(outcome, instruments.counter(Metric.TRACE_SPANS, outcome.name()));
    }
  }

  /** Counts so many spans. */
  public void spans(Outcome outcome, int count) {
    Objects.requireNonNull(spans.get(outcome)).increment(count);
  }
}
