package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.TokenStore;

/**
 * Who knows tokens.
 *
 * @param peppers under which the store's are hashed
 * @param store of the gateway's own
 * @param foreign of other issuers
 */
public record TokenSources(PepperRing peppers, TokenStore store, ForeignTokens foreign) {
  /** What they can tell without a remote call. */
  TokenSources remembered() {
    return new TokenSources(peppers, store.remembered(), foreign.remembered());
  }

  /** The same before another store. */
  TokenSources reading(TokenStore other) {
    return new TokenSources(peppers, other, foreign);
  }
}
