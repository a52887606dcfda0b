package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;

/** Whose token a secret is, as far as anybody knows. */
public sealed interface Verification {

  /** The token and its principal. */
  record Known(Token token, Principal principal) implements Verification {}

  /** There is no such token, or nobody can tell. */
  record Refused(Denied denied) implements Verification {}
}
