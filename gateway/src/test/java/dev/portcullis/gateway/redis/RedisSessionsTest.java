package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.IssuedToken;
import dev.portcullis.gateway.registry.SessionsContract;
import dev.portcullis.gateway.registry.TestChanges;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.TokenStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisSessionsTest extends SessionsContract {
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

  @Test
  void aSessionIsGoneAMinuteAfterItsEndAndItsAccessKeyStays() {
    IssuedToken key = accessKey();
    IssuedToken session = open(key);
    String ofSession = Keys.token(hashes(session.secret()).getFirst());
    assertThat(Long.parseLong(SharedRedis.running().run("PTTL", ofSession)))
        .isBetween(Duration.ofMinutes(60).toMillis(), Duration.ofMinutes(61).toMillis());
    done(registrar().sessions().end(hashes(session.secret()), TestChanges.AUTHOR));
    assertThat(Long.parseLong(SharedRedis.running().run("PTTL", ofSession))).isPositive();
    String ofKey = Keys.token(hashes(key.secret()).getFirst());
    assertThat(SharedRedis.running().run("PTTL", ofKey)).isEqualTo("-1");
  }
}
