package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Reason;

/** What a secret is expected to be the secret of. */
enum Sought {
  /** A token that is presented to APIs. */
  PRESENTED("an access key is exchanged for short-lived credentials, not presented"),
  /** An access key. */
  ACCESS_KEY("it is no access key's secret");

  private final String otherwise;

  Sought(String otherwise) {
    this.otherwise = otherwise;
  }

  /** Whether the token is of this sort. */
  boolean is(Token token) {
    return (token.kind() == TokenKind.ACCESS_KEY) == (this == ACCESS_KEY);
  }

  /** What a token of another sort is told. */
  Denied refusal(Token token) {
    return Denied.because(Reason.TOKEN_UNKNOWN, otherwise).of(token);
  }
}
