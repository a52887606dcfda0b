package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.meter.StoreMeters;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.CacheSettings;
import dev.portcullis.gateway.token.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.awaitility.Awaitility;

/** Stores for tests, as the gateway would make them. */
public final class TestStores {
  static final Duration TIMEOUT = Duration.ofMillis(200);

  private TestStores() {}

  /** Connected. */
  static RedisStore on(RedisProcess redis) {
    return connected(at(redis.uri(), new SimpleMeterRegistry()));
  }

  /** Connected to the shared server, which is emptied, at this time. */
  public static RedisStore emptied(InstantSource clock) {
    return connected(
        new RedisStore(
            SharedRedis.emptied().uri(),
            patient(),
            TestTokens.ring(),
            clock,
            new StoreMeters(new SimpleMeterRegistry())));
  }

  /** Connected, over this wire. */
  static RedisStore through(TcpProxy wire) {
    return connected(
        at(
            "redis://:" + RedisProcess.PASSWORD + "@127.0.0.1:" + wire.port(),
            new SimpleMeterRegistry()));
  }

  /** Not connected yet, and trusting these certificates. */
  static RedisStore trusting(String uri, Optional<Path> certificates) {
    return new RedisStore(
        uri,
        settings(certificates),
        TestTokens.ring(),
        InstantSource.system(),
        new StoreMeters(new SimpleMeterRegistry()));
  }

  /** Not connected yet. */
  static RedisStore at(String uri, MeterRegistry meters) {
    return new RedisStore(
        uri,
        settings(Optional.empty()),
        TestTokens.ring(),
        InstantSource.system(),
        new StoreMeters(meters));
  }

  /** For tests in which nothing is to time out. */
  private static RedisSettings patient() {
    return new RedisSettings(
        Optional.empty(),
        Duration.ofSeconds(5),
        Optional.empty(),
        Path.of("unused"),
        CacheSettings.DEFAULT);
  }

  static RedisSettings settings(Optional<Path> trusted) {
    return new RedisSettings(
        Optional.empty(), TIMEOUT, trusted, Path.of("unused"), CacheSettings.DEFAULT);
  }

  static RedisStore connected(RedisStore store) {
    Awaitility.await().pollInterval(Duration.ofMillis(5)).until(store::isUp);
    return store;
  }

  /** Waits until the store was told of every change that Redis made so far. */
  static void settle(RedisStore... stores) {
    for (RedisStore store : stores) {
      // What is answered comes after what was told before.
      Answers.of(store.registry().principal("nobody"));
    }
  }
}
