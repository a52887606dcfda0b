package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.meter.RequestMeters.Fault;
import dev.portcullis.gateway.meter.RequestMeters.Outcome;
import dev.portcullis.gateway.trace.RequestTrace;
import dev.portcullis.policy.CanonicalPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way from its head to the last byte of its answer, and what is known of it so
 * far. Belongs to its connection's event loop.
 */
final class Passage {
  /** Whoever is told of requests. What it throws is logged, and changes no answer. */
  interface Observer {
    /** The head of the answer goes out, or the client is gone before there is one. */
    default void answered(Passage passage) {}

    /** It came to grief, perhaps after its end: what follows an upgrade may still break off. */
    default void faulted(Passage passage, Fault fault) {}

    /** The last byte of the answer goes out, or the connection ends before that. */
    default void ended(Passage passage) {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(Passage.class);

  private final Inbound inbound;
  private final long begun;
  private final List<Observer> observers;
  private final RequestTrace trace;
  private @Nullable CanonicalPath path;
  private @Nullable Routed routed;
  private @Nullable Decision decision;
  private @Nullable Allowed admitted;
  private boolean refused;
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

  /** Its path; empty where that is not lawful, and could hold anything. */
  Optional<CanonicalPath> path() {
    return Optional.ofNullable(path);
  }

  /** Where it leads; empty where no route was found, or it was not lawful. */
  Optional<Routed> routed() {
    return Optional.ofNullable(routed);
  }

  /** What was decided over it, if anything yet. */
  Optional<Decision> decision() {
    return Optional.ofNullable(decision);
  }

  /** By what it was let through, whatever was decided since; empty where it was not. */
  Optional<Allowed> admitted() {
    return Optional.ofNullable(admitted);
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
    return routed == null ? Meters.NONE : routed.match().policy().api();
  }

  /** The id of its route. */
  String route() {
    return routed == null ? Meters.NONE : routed.match().route().id();
  }

  /** What became of it; to be asked when it has ended. */
  Outcome outcome() {
    if (fault != null) {
      return Outcome.FAULTED;
    }
    if (!whole) {
      return Outcome.ABANDONED;
    }
    return refused ? Outcome.REFUSED : Outcome.ALLOWED;
  }

  /** Its path is lawful. */
  void leadsTo(CanonicalPath canonical) {
    path = canonical;
  }

  /** It has a route. */
  void follows(Routed found) {
    routed = found;
  }

  /** It was decided over; the last decision stands. */
  void decided(Decision made) {
    decision = made;
    if (made instanceof Allowed allowed) {
      admitted = allowed;
    }
  }

  /** Its answer says so, whatever was decided before: a body may turn out not to be lawful. */
  void refused(Denied denied) {
    decided(denied);
    refused = true;
  }

  /** It was let through, and this came of it. */
  void faulted(Fault what) {
    fault = what;
    tell("grief", observer -> observer.faulted(this, what));
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
    tell("end", observer -> observer.ended(this));
  }

  private void tellAnswered() {
    answered = true;
    tell("answer", observer -> observer.answered(this));
  }

  private void tell(String what, Consumer<Observer> telling) {
    for (Observer observer : observers) {
      try {
        telling.accept(observer);
      } catch (RuntimeException e) {
        LOG.error("request {}: its {} was not noted", inbound.id(), what, e);
      }
    }
  }
}
