package dev.portcullis.gateway.token;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The port through which the chain reads. Stages never fail: an outage is {@link
 * Lookup.Unavailable}, within the configured time-out.
 */
public interface TokenStore {

  /** The token with this hash. */
  CompletionStage<Lookup<Token>> token(TokenHash hash);

  /** What it can tell without a remote call; what it cannot is absent. */
  default TokenStore remembered() {
    return new NothingRemembered();
  }

  /** The principal with this id. */
  CompletionStage<Lookup<Principal>> principal(String id);

  /**
   * Moves a token's record from one hash to another of the same secret, atomically; for pepper
   * rotation and imported hashes. Best effort: what fails is tried again at the token's next use. A
   * view of a store that is only read does nothing.
   */
  default CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
    return CompletableFuture.completedStage(null);
  }
}
