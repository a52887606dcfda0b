package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import java.util.concurrent.CompletionStage;

/**
 * A store in which nothing is written.
 *
 * @param store that is read
 */
record ReadOnlyStore(TokenStore store) implements TokenStore {

  @Override
  public CompletionStage<Lookup<Token>> token(TokenHash hash) {
    return store.token(hash);
  }

  @Override
  public CompletionStage<Lookup<Principal>> principal(String id) {
    return store.principal(id);
  }
}
