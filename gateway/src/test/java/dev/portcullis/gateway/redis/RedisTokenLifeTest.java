package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.TokenLifeContract;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.TokenStore;
import org.junit.jupiter.api.AfterEach;

class RedisTokenLifeTest extends TokenLifeContract {
  private final RedisStore store = TestStores.emptied(this);

  @AfterEach
  void disconnect() {
    store.close();
  }

  @Override
  protected TokenRegistry registry() {
    return store.registry();
  }

  @Override
  protected TokenStore store() {
    TestStores.settle(store);
    return store.tokens();
  }

  @Override
  protected AuditTrail trail() {
    return store.trail();
  }
}
