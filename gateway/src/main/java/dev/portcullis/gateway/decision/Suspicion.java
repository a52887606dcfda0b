package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.limit.ClientNetwork;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.Optional;

/**
 * What the failures of late say of a client.
 *
 * @param throttledFor how long nothing that it shows is looked up in the store; empty where it is
 */
record Suspicion(
    FailureThrottle failures, Optional<ClientNetwork> network, Optional<Duration> throttledFor) {

  /** Of the client that sent this request. */
  static Suspicion of(RequestHead head, FailureThrottle failures) {
    Optional<ClientNetwork> network = head.client().map(ClientNetwork::of);
    return new Suspicion(failures, network, failures.throttledFor(network));
  }

  /**
   * What is to be made of a look-up. Where little is looked up, what was not found says nothing;
   * and what was found may be barred.
   */
  Verification weigh(Verification verification) {
    if (throttledFor.isEmpty()) {
      return verification;
    }
    return switch (verification) {
      case Verification.Refused(Denied denied) ->
          new Verification.Refused(tooMany(throttledFor.get(), denied.reason().name()));
      case Verification.Known known ->
          failures
              .throttledFor(network, known.token().id())
              .<Verification>map(
                  time -> new Verification.Refused(tooMany(time, "").of(known.token())))
              .orElse(known);
    };
  }

  /** Counts a failure; who failed too often is not told why this one did. */
  Decision noting(Decision decision) {
    return decision instanceof Denied denied && denied.reason().isFailedAuthentication()
        ? counted(denied)
        : decision;
  }

  /** The same of a refusal. */
  Denied counting(Denied denied) {
    return denied.reason().isFailedAuthentication() ? counted(denied) : denied;
  }

  /** The same where a wrong address is told from a wrong secret by nobody. */
  Decision notingAny(Decision decision) {
    return decision instanceof Denied denied
            && (denied.reason().isFailedAuthentication()
                || denied.reason() == Reason.ADDRESS_NOT_ALLOWED)
        ? counted(denied)
        : decision;
  }

  private Denied counted(Denied denied) {
    failures.failed(network, denied.tokenId());
    return throttledFor.map(time -> tooMany(time, denied.reason().name())).orElse(denied);
  }

  static Denied tooMany(Duration wait, String detail) {
    return Denied.because(Reason.TOO_MANY_FAILURES, detail).retryAfter(wait);
  }
}
