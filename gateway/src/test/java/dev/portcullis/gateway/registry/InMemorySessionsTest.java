package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.TokenStore;

class InMemorySessionsTest extends SessionsContract {
  private final InMemoryStore store = new InMemoryStore(this);

  @Override
  protected TokenRegistry registry() {
    return store.registry();
  }

  @Override
  protected TokenStore store() {
    return store;
  }

  @Override
  protected AuditTrail trail() {
    return store.trail();
  }
}
