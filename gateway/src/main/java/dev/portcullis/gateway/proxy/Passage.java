package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.meter.RequestMeters.Fault;
import dev.portcullis.gateway.meter.RequestMeters.Outcome;
import dev.portcullis.gateway.trace.RequestTrace;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way from its head to the last byte of its answer, and what is known of it so
 * far. Belongs to its connection's event loop.
 */
final class Passage {
  /** Stands for the API and the route of a request that has none. */
  static final String NONE = "none";

  /** Whoever is told of requests. What it throws is logged, and changes no answer. */
  interface Observer {
    /** The head of the answer goes out, or the client is gone before there is one. */
    default void answered(Passage passage) {}

    /** The last byte of the answer goes out, or the connection ends before that. */
    default void ended(Passage passage) {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(Passage.class);

  private final Inbound inbound;
  private final long begun;
  private final List<Observer> observers;
  private final RequestTrace trace;
  private @Nullable Routed routed;
  private @Nullable Decision decision;
  private @Nullable Fault fault;
  private boolean answered;
  private int status = ServedRequest.NO_ANSWER;
  private long bytes;
  private boolean whole;

  /**
   * Begins now.
   *
   * @param begun reading of the monotonic clock
   */
  Passage(Inbound inbound, long begun, List<Observer> observers, RequestTrace trace) {
    this.inbound = inbound;
    this.begun = begun;
    this.observers = observers;
    this.trace = trace;
  }

  Inbound inbound() {
    return inbound;
  }

  /** When it began, by the monotonic clock. */
  long begun() {
    return begun;
  }

  /** Its spans. */
  RequestTrace trace() {
    return trace;
  }

  /** The id of the trace that it is part of; empty where requests are not traced. */
  Optional<String> traceId() {
    return trace.id();
  }

  /** Where it leads; empty where no route was found, or it was not lawful. */
  Optional<Routed> routed() {
    return Optional.ofNullable(routed);
  }

  /** What was decided over it, if anything yet. */
  Optional<Decision> decision() {
    return Optional.ofNullable(decision);
  }

  /** Of the answer; {@link ServedRequest#NO_ANSWER} while there is none. */
  int status() {
    return status;
  }

  /** How many bytes of the answer's body went out so far. */
  long bytes() {
    return bytes;
  }

  /** What came between it and its answer, if anything. */
  Optional<Fault> fault() {
    return Optional.ofNullable(fault);
  }

  /** The name of its API. */
  String api() {
    return routed == null ? NONE : routed.match().policy().api();
  }

  /** The id of its route. */
  String route() {
    return routed == null ? NONE : routed.match().route().id();
  }

  /** What became of it; to be asked when it has ended. */
  Outcome outcome() {
    if (fault != null) {
      return Outcome.FAULTED;
    }
    if (!whole) {
      return Outcome.ABANDONED;
    }
    return decision instanceof Denied && !inShadow() ? Outcome.REFUSED : Outcome.ALLOWED;
  }

  private boolean inShadow() {
    return routed != null && routed.match().route().shadow();
  }

  /** It has a route. */
  void follows(Routed found) {
    routed = found;
  }

  /** It was decided over; the last decision stands. */
  void decided(Decision made) {
    decision = made;
  }

  /** It was let through, and this came of it. */
  void faulted(Fault what) {
    fault = what;
  }

  /** The head of its answer goes out. */
  void answered(int with) {
    status = with;
    tellAnswered();
  }

  /** So much of the answer's body goes out. */
  void sent(int count) {
    bytes += count;
  }

  /**
   * It is over.
   *
   * @param whole whether its answer went out to the end
   */
  void ended(boolean whole) {
    this.whole = whole;
    if (!answered) {
      tellAnswered();
    }
    for (Observer observer : observers) {
      try {
        observer.ended(this);
      } catch (RuntimeException e) {
        LOG.error("request {}: its end was not noted", inbound.id(), e);
      }
    }
  }

  private void tellAnswered() {
    answered = true;
    for (Observer observer : observers) {
      try {
        observer.answered(this);
      } catch (RuntimeException e) {
        LOG.error("request {}: its answer was not noted", inbound.id(), e);
      }
    }
  }
}
