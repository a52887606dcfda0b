package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import java.util.concurrent.CompletionStage;

/** A store as seen by a chain: another's answers, less what a test overrides. */
class StoreView implements TokenStore {
  private final TokenStore store;

  StoreView(TokenStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Lookup<Token>> token(TokenHash hash) {
    return store.token(hash);
  }

  @Override
  public CompletionStage<Lookup<Principal>> principal(String id) {
    return store.principal(id);
  }

  @Override
  public CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
    return store.rehash(from, to);
  }
}
