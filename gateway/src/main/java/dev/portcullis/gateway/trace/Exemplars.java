package dev.portcullis.gateway.trace;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells the metrics which sampled request they are recorded for, if {@link RequestTrace#enter}ed.
 */
public final class Exemplars implements SpanContext {
  @Override
  public @Nullable String getCurrentTraceId() {
    return isCurrentSpanSampled() ? Span.current().getSpanContext().getTraceId() : null;
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    return isCurrentSpanSampled() ? Span.current().getSpanContext().getSpanId() : null;
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return Span.current().getSpanContext().isSampled();
  }

  @Override
  public void markCurrentSpanAsExemplar() {
    Span.current().setAttribute(EXEMPLAR_ATTRIBUTE_NAME, EXEMPLAR_ATTRIBUTE_VALUE);
  }
}
