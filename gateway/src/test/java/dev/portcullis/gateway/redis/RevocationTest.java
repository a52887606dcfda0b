package dev.portcullis.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.Outcome;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

  @TempDir Path temp;
  private RedisProcess redis;
  private RedisStore one;
  private RedisStore other;
  private final MintedSecret minted = TestTokens.ring().mint("gwt");
  private final TokenHash hash = minted.hash();

  @BeforeEach
  void start() {
    redis = RedisProcess.start(temp);
    one = TestStores.on(redis);
    other = TestStores.on(redis);
    done(one.registry().createPrincipal(TestPrincipals.user()));
    done(one.registry().createToken(TestTokens.named("t", TestTokens.active()), hash));
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
    redis.close();
  }

  private static <T> T done(CompletionStage<Outcome<T>> stage) {
    Outcome<T> outcome = stage.toCompletableFuture().join();
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return outcome instanceof Outcome.Done<T>(T value) ? value : null;
  }

  private static TokenStatus status(RedisStore store, TokenHash hash) {
    Lookup<Token> lookup = store.tokens().token(hash).toCompletableFuture().join();
    assertThat(lookup).isInstanceOf(Lookup.Found.class);
    return lookup instanceof Lookup.Found<Token>(Token token) ? token.status(NOW) : null;
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
