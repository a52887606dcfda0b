package dev.portcullis.gateway.trace;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.net.URI;

/** One call of an upstream, from its beginning to the head of the response, as a span. */
public final class CallTrace {
  private final Span span;
  private final Timeline times;

  CallTrace(Span span, Timeline times) {
    this.span = span;
    this.times = times;
  }

  /** What the upstream is sent as {@code traceparent}. */
  public String traceParent() {
    return TraceParent.from(span.getSpanContext());
  }

  /** Where it goes; the query is left out, for it may hold what is nobody's business. */
  CallTrace to(String method, URI url) {
    span.setAttribute(SpanFields.METHOD, HttpMethods.known(method));
    span.setAttribute(SpanFields.SERVER_ADDRESS, url.getHost());
    String authority = url.getHost();
    if (url.getPort() >= 0) {
      span.setAttribute(SpanFields.SERVER_PORT, (long) url.getPort());
      authority += ":" + url.getPort();
    }
    span.setAttribute(SpanFields.URL, url.getScheme() + "://" + authority + url.getRawPath());
    return this;
  }

  /** The response has this status. */
  public void answered(int status) {
    span.setAttribute(SpanFields.STATUS, (long) status);
    if (status >= 400) {
      failed(Integer.toString(status));
    }
  }

  /** It failed, in one of few ways. */
  public void failed(String type) {
    span.setAttribute(SpanFields.ERROR_TYPE, type);
    span.setStatus(StatusCode.ERROR);
  }

  /** It is over. */
  public void ended() {
    span.end(times.now(), NANOSECONDS);
  }
}
