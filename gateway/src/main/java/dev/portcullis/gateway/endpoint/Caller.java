package dev.portcullis.gateway.endpoint;

import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.token.Parent;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Scope;
import java.util.Map;
import java.util.Optional;

/**
 * Whoever was let in.
 *
 * @param allowed the token or access key
 * @param secret of it
 */
record Caller(Allowed allowed, SecretText secret) {
  /** As the audit trail names them. */
  Author author(Call call) {
    return call.author(allowed);
  }

  /** The access key that this is, or is a session of; any other token is no client's. */
  private Optional<String> id() {
    return allowed.token().kind() == TokenKind.ACCESS_KEY
        ? Optional.of(allowed.token().id())
        : allowed.token().parent().map(Parent::id);
  }

  /** Whether this is a session of the same client. */
  boolean isOf(Token token) {
    return token.parent().map(Parent::id).filter(id -> Optional.of(id).equals(id())).isPresent();
  }

  /** Whether what they hold lets them do this to tokens of that organization. */
  boolean may(Scope required, Optional<String> organization) {
    Principal owner = allowed.principal();
    return (owner.organization().isEmpty() || owner.organization().equals(organization))
        && may(required);
  }

  /** Whether what they hold lets them do this to tokens of some organization. */
  boolean may(Scope required) {
    return allowed.token().may(required, Map.of(), allowed.principal());
  }
}
