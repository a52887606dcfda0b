package dev.portcullis.gateway.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The spans of one request.
 *
 * @param server the request's own
 * @param children of that, in the order in which they began
 */
public record SpanTree(Span server, List<Span> children) {
  static Optional<SpanTree> in(List<Span> spans, String requestId) {
    return spans.stream()
        .filter(span -> requestId.equals(fields(span).get("portcullis.request.id")))
        .findAny()
        .map(
            server ->
                new SpanTree(
                    server,
                    spans.stream()
                        .filter(span -> span.getTraceId().equals(server.getTraceId()))
                        .filter(span -> span.getParentSpanId().equals(server.getSpanId()))
                        .toList()));
  }

  /** The attributes of a span, as text. */
  public static Map<String, String> fields(Span span) {
    Map<String, String> fields = new TreeMap<>();
    span.getAttributesList().forEach(field -> fields.put(field.getKey(), text(field.getValue())));
    return fields;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  /** The attributes of the request's own span. */
  public Map<String, String> fields() {
    return fields(server);
  }

  /** The trace's id. */
  public String traceId() {
    return hex(server.getTraceId());
  }

  /** The names of the chain's steps, in order. */
  public List<String> steps() {
    return children.stream()
        .filter(span -> span.getKind() == SpanKind.SPAN_KIND_INTERNAL)
        .map(Span::getName)
        .toList();
  }

  /** The step with this name. */
  public Span step(String name) {
    return children.stream().filter(span -> span.getName().equals(name)).findAny().orElseThrow();
  }

  /** The calls of upstreams. */
  public List<Span> calls() {
    return children.stream().filter(span -> span.getKind() == SpanKind.SPAN_KIND_CLIENT).toList();
  }

  /** What is sent as {@code traceparent} from within this span. */
  public static String parent(Span span) {
    return "00-%s-%s-%02x"
        .formatted(hex(span.getTraceId()), hex(span.getSpanId()), span.getFlags() & 0xff);
  }

  /** How long it took, in nanoseconds. */
  public static long nanos(Span span) {
    return span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
  }

  /** An id as it is written. */
  public static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
