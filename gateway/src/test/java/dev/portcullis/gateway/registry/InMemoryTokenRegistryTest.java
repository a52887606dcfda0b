package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.TokenStore;
import java.time.InstantSource;

class InMemoryTokenRegistryTest extends TokenRegistryContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.fixed(NOW));

  @Override
  protected TokenRegistry registry() {
    return store.registry();
  }

  @Override
  protected TokenStore store() {
    return store;
  }

  @Override
  protected void breakDown() {
    store.switchOff();
  }
}
