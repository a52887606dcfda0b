package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.token.Answers.done;
import static dev.portcullis.gateway.token.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.registry.TestChanges;
import dev.portcullis.gateway.registry.TestDetails;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one Redis, and other programs that write to it. */
@Timeout(60)
class CoherenceTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final TokenHash HASH = new TokenHash("p1:" + "a".repeat(64));
  private static final String KEY = "{portcullis}:token:" + HASH.text();

  @TempDir static Path temp;
  private static RedisProcess redis;
  private RedisStore one;
  private RedisStore other;

  @BeforeAll
  static void start() {
    redis = RedisProcess.start(temp);
  }

  @BeforeEach
  void connect() {
    redis.run("FLUSHALL");
    one = TestStores.on(redis);
    other = TestStores.on(redis);
    done(TestChanges.createPrincipal(one.registry(), TestPrincipals.user()));
    done(TestChanges.createToken(one.registry(), TestDetails.of("t", TestTokens.active()), HASH));
    TestStores.settle(one, other);
  }

  @AfterEach
  void disconnect() {
    one.close();
    other.close();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  private static ConditionFactory withinASecond() {
    return await().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(1));
  }

  private static TokenStatus status(RedisStore store) {
    return found(store.tokens().token(HASH)).status(NOW);
  }

  private void assertActiveOnBoth() {
    assertThat(status(one)).isEqualTo(TokenStatus.ACTIVE);
    assertThat(status(other)).isEqualTo(TokenStatus.ACTIVE);
  }

  private void assertSoonOnBoth(Lookup<Token> expected) {
    for (RedisStore store : List.of(one, other)) {
      Callable<Lookup<Token>> lookup = () -> Answers.of(store.tokens().token(HASH));
      withinASecond().until(lookup, expected::equals);
    }
  }

  @Test
  void seesARevokeOnEveryGateway() {
    assertActiveOnBoth();
    done(TestChanges.revoke(one.registry(), TestTokens.ID, NOW));
    assertSoonOnBoth(new Lookup.Found<>(TestTokens.revoked(TestTokens.active(), NOW)));
  }

  @Test
  void seesARevokeThatAnotherProgramWrote() {
    assertActiveOnBoth();
    redis.run("HSET", KEY, "revokedAt", NOW.toString());
    assertSoonOnBoth(new Lookup.Found<>(TestTokens.revoked(TestTokens.active(), NOW)));
  }

  @Test
  void seesARevokeByTheDocumentedScriptThoughTheRecordMoved() {
    TokenHash rehashed = new TokenHash("p2:" + "b".repeat(64));
    Answers.of(one.tokens().rehash(HASH, rehashed));
    assertThat(found(other.tokens().token(rehashed)).revokedAt()).isEmpty();
    redis.run(
        "EVAL",
        """
        local hash = redis.call('HGET', KEYS[1], ARGV[1]) or ARGV[2]
        return redis.call('HSETNX', '{portcullis}:token:' .. hash, 'revokedAt', ARGV[3])
        """,
        "1",
        "{portcullis}:token-hashes",
        TestTokens.ID,
        HASH.text(),
        NOW.toString());
    withinASecond()
        .until(() -> found(other.tokens().token(rehashed)).revokedAt().equals(Optional.of(NOW)));
  }

  @Test
  void seesThatAnotherProgramDeletedATokenOrLetItExpire() {
    assertActiveOnBoth();
    redis.run("PEXPIRE", KEY, "20");
    assertSoonOnBoth(new Lookup.Absent<>());
  }

  @Test
  void seesThatTheDatabaseWasEmptied() {
    assertActiveOnBoth();
    redis.run("FLUSHALL");
    assertSoonOnBoth(new Lookup.Absent<>());
  }

  @Test
  void seesThatATokenWasRehashed() {
    assertActiveOnBoth();
    TokenHash rehashed = new TokenHash("p2:" + "b".repeat(64));
    assertThat(Answers.of(other.tokens().token(rehashed))).isEqualTo(new Lookup.Absent<>());
    Answers.of(one.tokens().rehash(HASH, rehashed));
    assertSoonOnBoth(new Lookup.Absent<>());
    assertThat(found(other.tokens().token(rehashed)).id()).isEqualTo(TestTokens.ID);
  }

  @Test
  void seesThatAPrincipalWasDisabledAndEnabled() {
    for (boolean enabled : new boolean[] {true, false, true}) {
      redis.run("HSET", "{portcullis}:principal:ada", "enabled", Boolean.toString(enabled));
      withinASecond().until(() -> found(other.tokens().principal("ada")).enabled() == enabled);
    }
  }

  @Test
  void acceptsAnUnknownTokenAsSoonAsItIsCreated() {
    TokenHash hash = new TokenHash("p1:" + "c".repeat(64));
    assertThat(Answers.of(other.tokens().token(hash))).isEqualTo(new Lookup.Absent<>());
    Token created = TestTokens.activeOf(TestPrincipals.user());
    done(TestChanges.createToken(one.registry(), TestDetails.of("t", created), hash));
    withinASecond()
        .until(() -> Answers.of(other.tokens().token(hash)).equals(new Lookup.Found<>(created)));
  }

  @Test
  void readsAHotTokenFromRedisOnce() {
    redis.run("CONFIG", "RESETSTAT");
    for (int i = 0; i < 100_000; i++) {
      status(one);
    }
    assertThat(redis.calls("hmget")).isEqualTo(1);
  }

  @Test
  void readsOnceForSixtyFourFirstUses() {
    redis.run("CONFIG", "RESETSTAT");
    List<CompletionStage<Lookup<Token>>> uses =
        IntStream.range(0, 64).parallel().mapToObj(i -> one.tokens().token(HASH)).toList();
    uses.forEach(use -> assertThat(found(use)).isEqualTo(TestTokens.active()));
    assertThat(redis.calls("hmget")).isEqualTo(1);
  }

  @Test
  void readsAgainWhenTheConnectionWasKilled() {
    assertActiveOnBoth();
    try (RedisCli cli = redis.cli()) {
      cli.run("MULTI");
      cli.run("CLIENT", "KILL", "TYPE", "normal");
      cli.run("HSET", KEY, "revokedAt", NOW.toString());
      cli.run("EXEC");
    }
    withinASecond().until(() -> one.isUp() && other.isUp());
    assertSoonOnBoth(new Lookup.Found<>(TestTokens.revoked(TestTokens.active(), NOW)));
  }

  @Test
  void forgetsNothingWhileThousandsOfUnknownTokensAreTried() {
    assertActiveOnBoth();
    for (int batch = 0; batch < 200; batch++) {
      List<CompletionStage<Lookup<Token>>> tries =
          IntStream.range(batch * 25, batch * 25 + 25)
              .mapToObj(i -> one.tokens().token(new TokenHash("p1:%064d".formatted(i))))
              .toList();
      tries.forEach(it -> assertThat(Answers.of(it)).isEqualTo(new Lookup.Absent<>()));
    }
    redis.run("CONFIG", "RESETSTAT");
    assertThat(status(one)).isEqualTo(TokenStatus.ACTIVE);
    assertThat(redis.calls("hmget")).isZero();
  }

  @Test
  void revokesBeatTheReadsOfAHundredThreads() {
    for (int round = 0; round < 50; round++) {
      redis.run("HDEL", KEY, "revokedAt");
      List<CompletionStage<Lookup<Token>>> uses =
          IntStream.range(0, 100)
              .parallel()
              .mapToObj(
                  i -> {
                    if (i == 50) {
                      redis.run("HSET", KEY, "revokedAt", NOW.toString());
                    }
                    return other.tokens().token(HASH);
                  })
              .toList();
      assertThat(uses).hasSize(100);
      withinASecond().until(() -> status(other) == TokenStatus.REVOKED);
      assertThat(status(other)).isEqualTo(TokenStatus.REVOKED);
    }
  }

  @Test
  void discardsAReadThatARevokeOvertook() {
    try (TcpProxy wire = new TcpProxy(redis.port());
        RedisStore slow = TestStores.through(wire)) {
      redis.run("CONFIG", "RESETSTAT");
      wire.holdAnswers();
      CompletionStage<Lookup<Token>> read = slow.tokens().token(HASH);
      withinASecond().until(() -> redis.calls("hmget") == 1);
      redis.run("HSET", KEY, "revokedAt", NOW.toString());
      wire.release();
      assertThat(found(read).status(NOW)).isEqualTo(TokenStatus.ACTIVE);
      withinASecond().until(() -> status(slow) == TokenStatus.REVOKED);
      assertThat(redis.calls("hmget")).isEqualTo(2);
    }
  }
}
