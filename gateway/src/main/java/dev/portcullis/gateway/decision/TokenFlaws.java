package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenStatus;
import dev.portcullis.policy.Reason;
import java.time.Instant;
import java.util.Optional;

/** Why a token is not good, whatever it is used for; empty where it is. */
final class TokenFlaws {
  private TokenFlaws() {}

  static Optional<Reason> revoked(Token token) {
    return token.revokedAt().isPresent() ? Optional.of(Reason.TOKEN_REVOKED) : Optional.empty();
  }

  /** Of one that is not revoked. */
  static Optional<Reason> expired(Token token, Instant now) {
    return token.status(now) == TokenStatus.EXPIRED
        ? Optional.of(Reason.TOKEN_EXPIRED)
        : Optional.empty();
  }

  static Optional<Reason> principal(Principal principal) {
    return principal.enabled() ? Optional.empty() : Optional.of(Reason.PRINCIPAL_DISABLED);
  }

  static Optional<Reason> address(Token token, RequestHead head) {
    return token.isAllowedFrom(head.client())
        ? Optional.empty()
        : Optional.of(Reason.ADDRESS_NOT_ALLOWED);
  }

  /** The first of those that do not depend on the request, in the order in which they are told. */
  static Optional<Reason> first(Token token, Principal principal, Instant now) {
    return revoked(token).or(() -> expired(token, now)).or(() -> principal(principal));
  }
}
