package dev.portcullis.gateway.token;

import dev.portcullis.gateway.registry.InMemoryStore;

class InMemoryTokenStoreTest extends TokenStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  protected TokenStore store() {
    return store;
  }

  @Override
  protected void given(TokenHash hash, Token token) {
    store.with(hash, token);
  }

  @Override
  protected void given(Principal principal) {
    store.with(principal);
  }

  @Override
  protected void breakDown() {
    store.switchOff();
  }
}
