package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.limit.ClientNetwork;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.token.Token;
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

  /** Why the client may not show this token, though it is known; empty where it may. */
  Optional<Denied> against(Token token) {
    return throttledFor.isEmpty()
        ? Optional.empty()
        : failures.throttledFor(network, token.id()).map(time -> tooMany(time, "").of(token));
  }

  /** Counts a failure; who failed too often is not told why this one did. */
  Decision noting(Decision decision) {
    if (!(decision instanceof Denied denied) || !denied.reason().isFailedAuthentication()) {
      return decision;
    }
    failures.failed(network, denied.tokenId());
    return throttledFor.<Decision>map(time -> tooMany(time, denied.reason().name())).orElse(denied);
  }

  private static Denied tooMany(Duration wait, String detail) {
    return Denied.because(Reason.TOO_MANY_FAILURES, detail).retryAfter(wait);
  }
}
