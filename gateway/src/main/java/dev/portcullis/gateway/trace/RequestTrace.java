package dev.portcullis.gateway.trace;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Witness;
import dev.portcullis.policy.RouteMatch;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request as a span of its own, the parent of all others. Belongs to its event loop. */
public final class RequestTrace {
  /** Of a request that nobody follows. */
  public static final RequestTrace NONE =
      new RequestTrace(
          TracerProvider.noop().get(""), Span.getInvalid(), new Timeline(0, 0, () -> 0), true);

  private final Tracer tracer;
  private final Span span;
  private final Timeline times;
  private final boolean continued;
  private @Nullable StepTimes steps;

  /** With whether the trace was begun by the sender. */
  RequestTrace(Tracer tracer, Span span, Timeline times, boolean continued) {
    this.tracer = tracer;
    this.span = span;
    this.times = times;
    this.continued = continued;
  }

  /** The trace's id, 32 hexadecimal digits, sampled or not; empty where nobody follows. */
  public Optional<String> id() {
    SpanContext context = span.getSpanContext();
    return context.isValid() ? Optional.of(context.getTraceId()) : Optional.empty();
  }

  /** Whether anybody follows, be it only to hand on the trace's id. */
  public boolean isFollowed() {
    return span.getSpanContext().isValid();
  }

  /** Whether what is noted is kept. */
  public boolean isSampled() {
    return span.isRecording();
  }

  /** Whether the sender had begun the trace. */
  public boolean isContinued() {
    return continued;
  }

  /** While it lasts, whatever is metered by this thread is an example of this request. */
  public interface Entry extends AutoCloseable {
    /** Of a request that is no example. */
    Entry NONE = () -> {};

    @Override
    void close();
  }

  /** Makes what this thread meters refer to this request, until it is closed. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public Entry enter() {
    return span.getSpanContext().isSampled() ? span.makeCurrent()::close : Entry.NONE;
  }

  /** The chain begins; whoever is to be told of its steps. */
  public Witness steps() {
    if (!isSampled()) {
      return Witness.NOBODY;
    }
    StepTimes begun = new StepTimes(times);
    steps = begun;
    return begun;
  }

  /** The chain decided: makes spans of its steps, up to the one that refused. */
  public void decided(RouteMatch match, Decision decision) {
    StepTimes taken = steps;
    if (taken == null) {
      return;
    }
    steps = null;
    long from = taken.begun();
    for (StepTimes.Passed passed : taken.passed()) {
      step(passed.step(), from).end(passed.at(), NANOSECONDS);
      from = passed.at();
    }
    Span last = step(Witness.steps(match).get(taken.passed().size()), from);
    if (decision instanceof Denied denied) {
      last.setAttribute(SpanFields.REASON, denied.reason().name());
      if (denied.reason().status() >= 500) {
        last.setStatus(StatusCode.ERROR);
      }
    }
    last.end(times.now(), NANOSECONDS);
  }

  private Span step(String name, long from) {
    return tracer
        .spanBuilder(name)
        .setParent(Context.root().with(span))
        .setStartTimestamp(from, NANOSECONDS)
        .startSpan();
  }

  /** What an upstream is sent as {@code traceparent} where its call is no span. */
  public String traceParent() {
    return TraceParent.from(span.getSpanContext());
  }

  /** A call of an upstream begins, of a sampled request. */
  public CallTrace call(String method, URI url) {
    Span call =
        tracer
            .spanBuilder(HttpMethods.name(method))
            .setSpanKind(SpanKind.CLIENT)
            .setParent(Context.root().with(span))
            .setStartTimestamp(times.now(), NANOSECONDS)
            .startSpan();
    return new CallTrace(call, times).to(method, url);
  }

  /** It is over. */
  public void ended(Served served) {
    served.tell(span);
    span.end(times.now(), NANOSECONDS);
  }
}
