package dev.portcullis.gateway.trace;

import static java.lang.System.Logger.Level.WARNING;

import dev.portcullis.gateway.meter.TraceMeters;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts what the collector takes and what it does not; of the latter it says so once a minute. */
final class CountedExporter implements SpanExporter {
  private static final System.Logger LOG = System.getLogger(CountedExporter.class.getName());
  private static final long QUIET = Duration.ofMinutes(1).toNanos();

  private final SpanExporter collector;
  private final AtomicInteger waiting;
  private final TraceMeters meters;
  private final LongSupplier nanos;
  private final AtomicLong said;

  /**
   * Before this collector.
   *
   * @param waiting how many spans wait to be sent
   * @param nanos the monotonic clock
   */
  CountedExporter(
      SpanExporter collector, AtomicInteger waiting, TraceMeters meters, LongSupplier nanos) {
    this.collector = collector;
    this.waiting = waiting;
    this.meters = meters;
    this.nanos = nanos;
    this.said = new AtomicLong(nanos.getAsLong() - QUIET);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    waiting.addAndGet(-count);
    CompletableResultCode result = collector.export(spans);
    return result.whenComplete(
        () -> {
          if (result.isSuccess()) {
            meters.spans(TraceMeters.Outcome.EXPORTED, count);
          } else {
            meters.spans(TraceMeters.Outcome.LOST, count);
            complain(result.getFailureThrowable());
          }
        });
  }

  private void complain(@Nullable Throwable failure) {
    long now = nanos.getAsLong();
    long last = said.get();
    if (now - last >= QUIET && said.compareAndSet(last, now)) {
      LOG.log(WARNING, "spans are lost, the collector does not take them: {0}", reason(failure));
    }
  }

  private static String reason(@Nullable Throwable failure) {
    if (failure instanceof HttpExportException sent && sent.getResponse() != null) {
      return "it answers " + sent.getResponse().getStatusCode();
    }
    Throwable cause = failure;
    while (cause != null && cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return String.valueOf(cause);
  }

  @Override
  public CompletableResultCode flush() {
    return collector.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return collector.shutdown();
  }
}
