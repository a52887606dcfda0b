package dev.portcullis.gateway.trace;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.portcullis.gateway.decision.HeaderFields;
import dev.portcullis.gateway.meter.TraceMeters;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Follows a share of all requests, and sends their spans to a collector.
 *
 * <p>A trusted sender decides whether its requests are sampled, as is usual; of all others the same
 * share is, whatever flags they set and whatever ids they choose.
 */
public final class OtlpTracing implements Tracing, AutoCloseable {
  /** Longer values of attributes are cut. */
  private static final int LONGEST = 1024;

  private static final long FLUSH_SECONDS = 3;

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final double ratio;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /**
   * Begins to send.
   *
   * @param nanos the monotonic clock
   */
  public OtlpTracing(
      TraceSettings settings, TraceMeters meters, InstantSource clock, LongSupplier nanos) {
    this.provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                "portcullis",
                                AttributeKey.stringKey("service.instance.id"),
                                UUID.randomUUID().toString()))))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.ratio())))
            .setSpanLimits(SpanLimits.builder().setMaxAttributeValueLength(LONGEST).build())
            .addSpanProcessor(SpanQueue.to(settings, meters, nanos))
            .build();
    this.tracer = provider.get("dev.portcullis.gateway");
    this.ratio = settings.ratio();
    this.clock = clock;
    this.nanos = nanos;
  }

  @Override
  public RequestTrace begin(String method, HeaderFields fields, boolean trusted, long begun) {
    SpanContext sender = TraceParent.of(fields);
    Instant now = clock.instant();
    Timeline times =
        new Timeline(SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), begun, nanos);
    Span span =
        tracer
            .spanBuilder(method)
            .setSpanKind(SpanKind.SERVER)
            .setParent(context(trusted ? sender : drawn(sender)))
            .setStartTimestamp(times.at(begun), NANOSECONDS)
            .startSpan();
    return new RequestTrace(tracer, span, times, sender.isValid());
  }

  private static Context context(SpanContext sender) {
    return sender.isValid() ? Context.root().with(Span.wrap(sender)) : Context.root();
  }

  /** The sender with sampling decided by lot: by its id it could choose to be sampled. */
  private SpanContext drawn(SpanContext sender) {
    return sender.isValid()
        ? SpanContext.createFromRemoteParent(
            sender.getTraceId(),
            sender.getSpanId(),
            ThreadLocalRandom.current().nextDouble() < ratio
                ? TraceFlags.getSampled()
                : TraceFlags.getDefault(),
            sender.getTraceState())
        : sender;
  }

  /** Sends what waits, for a few seconds at most. */
  @Override
  public void close() {
    CompletableFuture.runAsync(
            () -> provider.shutdown().join(FLUSH_SECONDS, SECONDS), Thread::startVirtualThread)
        .completeOnTimeout(null, FLUSH_SECONDS, SECONDS)
        .join();
  }
}
