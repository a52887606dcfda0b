package dev.portcullis.gateway.trace;

import dev.portcullis.gateway.meter.TraceMeters;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Lets so many spans wait for a thread of their own to send them, and counts those beyond. */
final class SpanQueue implements SpanProcessor {
  /** How many wait at most. */
  static final int SIZE = 4096;

  private static final Duration DELAY = Duration.ofSeconds(1);

  /** With all its attempts, so that the next batch is not sent before this one is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AtomicInteger waiting;
  private final SpanProcessor batches;
  private final TraceMeters meters;

  private SpanQueue(AtomicInteger waiting, SpanProcessor batches, TraceMeters meters) {
    this.waiting = waiting;
    this.batches = batches;
    this.meters = meters;
  }

  /** The way to this collector. */
  static SpanQueue to(TraceSettings settings, TraceMeters meters, LongSupplier nanos) {
    OtlpHttpSpanExporterBuilder collector =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.endpoint().toString())
            .setConnectTimeout(PATIENCE)
            .setTimeout(PATIENCE);
    settings.headers().forEach((name, value) -> collector.addHeader(name, value.reveal()));
    AtomicInteger waiting = new AtomicInteger();
    return new SpanQueue(
        waiting,
        BatchSpanProcessor.builder(new CountedExporter(collector.build(), waiting, meters, nanos))
            .setMaxQueueSize(SIZE)
            .setScheduleDelay(DELAY)
            .setExporterTimeout(PATIENCE.multipliedBy(2))
            .build(),
        meters);
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (waiting.incrementAndGet() <= SIZE) {
      batches.onEnd(span);
    } else {
      waiting.decrementAndGet();
      meters.spans(TraceMeters.Outcome.DROPPED, 1);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode shutdown() {
    return batches.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return batches.forceFlush();
  }
}
