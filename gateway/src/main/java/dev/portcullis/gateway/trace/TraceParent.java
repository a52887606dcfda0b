package dev.portcullis.gateway.trace;

import dev.portcullis.gateway.decision.HeaderFields;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The field by which one server tells the next of a trace (W3C Trace Context, section 3.2). */
final class TraceParent {
  /** Several lines of {@code tracestate} are one list; several of {@code traceparent} are none. */
  private static final TextMapGetter<HeaderFields> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HeaderFields fields) {
          return List.of();
        }

        @Override
        public @Nullable String get(@Nullable HeaderFields fields, String name) {
          List<String> lines = fields == null ? List.of() : fields.values(name);
          return lines.isEmpty() ? null : String.join(",", lines);
        }
      };

  private TraceParent() {}

  /** The span that the request was sent from; an invalid one where it does not say, or not once. */
  static SpanContext of(HeaderFields fields) {
    return Span.fromContext(
            W3CTraceContextPropagator.getInstance().extract(Context.root(), fields, GETTER))
        .getSpanContext();
  }

  /** What is sent in the field from within this span. */
  static String from(SpanContext span) {
    String flags = span.getTraceFlags().asHex();
    return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + flags;
  }
}
