package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.token.Answers.done;
import static dev.portcullis.gateway.token.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

  private final TokenHash hash = TestTokens.ring().mint("gwt").hash();
  private final RedisProcess redis;
  private final RedisStore one;
  private final RedisStore other;

  RevocationTest(@TempDir Path temp) {
    redis = RedisProcess.start(temp);
    one = TestStores.on(redis);
    other = TestStores.on(redis);
  }

  @BeforeEach
  void create() {
    done(one.registry().createPrincipal(TestPrincipals.user()));
    done(one.registry().createToken(TestTokens.named("t", TestTokens.active()), hash));
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
    redis.close();
  }

  private static TokenStatus status(RedisStore store, TokenHash hash) {
    return found(store.tokens().token(hash)).status(NOW);
  }

  @Test
  void isSeenByEveryGateway() {
    assertThat(status(one, hash)).isEqualTo(TokenStatus.ACTIVE);
    assertThat(status(other, hash)).isEqualTo(TokenStatus.ACTIVE);
    long t = System.nanoTime();
    done(one.registry().revoke(TestTokens.ID, NOW));
    long t1 = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> status(other, hash) == TokenStatus.REVOKED);
    System.out.println(
        "revoke " + (t1 - t) / 1000 + " us, seen " + (System.nanoTime() - t1) / 1000);
    assertThat(status(one, hash)).isEqualTo(TokenStatus.REVOKED);
  }
}
