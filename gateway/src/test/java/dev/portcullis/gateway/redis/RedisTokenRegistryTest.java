package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.registry.TokenRegistryContract;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.registry.TokenRegistry;

import dev.portcullis.gateway.token.TokenStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RedisTokenRegistryTest extends TokenRegistryContract {
  @TempDir static Path temp;
  private static RedisProcess redis;
  private RedisStore store;

  @BeforeAll
  static void start() {
    redis = RedisProcess.start(temp);
  }

  @BeforeEach
  void connect() {
    redis.run("FLUSHALL");
    store =
        TestStores.connected(
            new RedisStore(
                redis.uri(),
                TestStores.settings(Optional.empty()),
                TestTokens.ring(),
                InstantSource.fixed(NOW),
                new Meters(new SimpleMeterRegistry())));
  }

  @AfterEach
  void disconnect() {
    store.close();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Override
  protected TokenRegistry registry() {
    return store.registry();
  }

  @Override
  protected TokenStore store() {
    return store.tokens();
  }

  @Override
  protected void breakDown() {
    store.close();
  }
}
