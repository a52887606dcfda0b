package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.policy.Answer;
import dev.portcullis.policy.ErrorProfile;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RefusalContext;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;

/** Refuses requests: counts them, logs them, and says what they are answered. */
final class Refusals {
  private final Meters meters;
  private final Supplier<ErrorProfile> unrouted;
  private final LimitFields limits;
  private final RefusalLog log;

  /** With this profile for requests that no policy has a say about. */
  Refusals(Meters meters, Supplier<ErrorProfile> unrouted, LimitFields limits, RefusalLog log) {
    this.meters = meters;
    this.unrouted = unrouted;
    this.limits = limits;
    this.log = log;
  }

  /** Refuses a request that has a route: tells its limits in the head of the answer. The answer. */
  Answer routed(Routed routed, Denied denied, HttpHeaders head) {
    record(routed.passage(), denied);
    Policy policy = routed.match().policy();
    Answer answer = answer(policy.errors(), routed.inbound(), denied);
    limits.set(denied.limits(), policy.limitHeaders(), head);
    // what the profile says of limits stands
    answer.headers().stream()
        .map(Answer.Header::name)
        .filter(name -> LimitFields.areTold(name.toLowerCase(Locale.ROOT)))
        .forEach(head::remove);
    return answer;
  }

  /** Counts and logs a refusal that somebody else answers. */
  void counted(Routed routed, Denied denied) {
    record(routed.passage(), denied);
  }

  /** Counts and logs a refusal on a route in shadow mode, which refuses nothing. */
  void shadow(Routed routed, Denied denied) {
    String api = routed.match().policy().api();
    String route = routed.match().route().id();
    meters.shadowRefused(api, route, denied.reason());
    log.wouldRefuse(routed.passage(), denied);
  }

  /** Refuses a request that has no route. The answer. */
  Answer unrouted(Passage passage, Denied denied) {
    record(passage, denied);
    return answer(unrouted.get(), passage.inbound(), denied);
  }

  /** Refuses a request that is not lawful HTTP, and closes its connection. The answer. */
  Answer reject(Passage passage, RejectedRequest rejected, HttpHeaders head) {
    Denied denied = Denied.because(Reason.REQUEST_REJECTED, rejected.detail());
    record(passage, denied);
    Inbound inbound = passage.inbound();
    head.set(HttpHeaders.CONNECTION, "close");
    return rejected
        .ownStatus()
        .map(status -> ProblemDetails.of(status, inbound.id()))
        .orElseGet(() -> answer(unrouted.get(), inbound, denied));
  }

  private static Answer answer(ErrorProfile profile, Inbound inbound, Denied denied) {
    RefusalContext context =
        new RefusalContext(inbound.id(), denied.requiredScope(), denied.retryAfter());
    return profile.answer(
        denied.reason(),
        denied
            .limits()
            .standing()
            .map(standing -> context.by(standing.limit(), standing.remaining()))
            .orElse(context));
  }

  private void record(Passage passage, Denied denied) {
    passage.refused(denied);
    meters.refused(passage.api(), passage.route(), denied.reason());
    log.refused(passage, denied);
  }
}
