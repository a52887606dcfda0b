package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.registry.TokenRegistryContract;
import dev.portcullis.gateway.token.TokenStore;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

class RedisTokenRegistryTest extends TokenRegistryContract {
  private final RedisStore store = TestStores.emptied(InstantSource.fixed(NOW));

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
  protected void breakDown() {
    store.close();
  }
}
