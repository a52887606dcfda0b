package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.Token;

/** Told of tokens that were good when they were sent where others can read along. */
@FunctionalInterface
public interface ExposedTokens {
  /** Nothing comes of it. */
  ExposedTokens IGNORED = _ -> {};

  /** Takes it down, at once; what comes of it comes later. */
  void exposed(Token token);
}
