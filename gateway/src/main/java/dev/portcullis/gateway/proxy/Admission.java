package dev.portcullis.gateway.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.trace.RequestTrace;
import dev.portcullis.policy.Answer;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** What follows from a decision. On a route in shadow mode nothing is refused. */
final class Admission {
  private final Refusals refusals;
  private final Meters meters;
  private final Ticker ticker;

  Admission(Refusals refusals, Meters meters, Ticker ticker) {
    this.refusals = refusals;
    this.meters = meters;
    this.ticker = ticker;
  }

  /** Whether the request does not pass. */
  static boolean refuses(Routed routed, Decision decision) {
    return decision instanceof Denied && !routed.match().route().shadow();
  }

  /**
   * Meters and notes the decision over a request; to be called once for each.
   *
   * @param response the head of its answer, where limits are told if it is refused
   * @return what it is answered; empty where it passes
   */
  Optional<Answer> settle(Routed routed, Decision decision, HttpHeaders response) {
    RequestTrace trace = routed.passage().trace();
    trace.decided(routed.match(), decision);
    try (RequestTrace.Entry _ = trace.enter()) {
      meters.decided(
          outcome(decision, routed.deliberation().atOnce()),
          Duration.ofNanos(ticker.read() - routed.deliberation().begun()));
    }
    routed.passage().decided(decision);
    if (!(decision instanceof Denied denied)) {
      return Optional.empty();
    }
    if (refuses(routed, decision)) {
      return Optional.of(refusals.routed(routed, denied, response));
    }
    refusals.shadow(routed, denied);
    return Optional.empty();
  }

  private static Meters.Outcome outcome(Decision decision, boolean atOnce) {
    return switch (decision) {
      case Denied denied when denied.reason() == Reason.STORE_UNAVAILABLE -> Meters.Outcome.OUTAGE;
      case Denied denied -> Meters.Outcome.REFUSED;
      case Decision.Allowed _, Decision.Open _ -> atOnce ? Meters.Outcome.HIT : Meters.Outcome.MISS;
    };
  }
}
