package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Told of tokens that were good when they were sent where others can read along. */
@FunctionalInterface
public interface ExposedTokens {
  /** Nothing comes of it. */
  ExposedTokens IGNORED = (_, _, _, _) -> {};

  /**
   * Takes it down, at once; what comes of it comes later.
   *
   * @param token whose secret was sent, or that another issuer made
   * @param hashes under one of which the store has it; none of another issuer's
   * @param api to which
   * @param from the client's address; empty when unknown
   */
  void exposed(Token token, List<TokenHash> hashes, String api, Optional<InetAddress> from);

  /** Takes down that something was sent of which nobody could tell whether it is a token. */
  default void unexamined() {}
}
