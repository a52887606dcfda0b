package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.token.Answers.done;
import static dev.portcullis.gateway.token.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.registry.TestChanges;
import dev.portcullis.gateway.registry.TestDetails;
import dev.portcullis.gateway.registry.TokenFilter;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same store over a lone server with TLS, behind Sentinel, and in a Cluster. */
@Timeout(60)
class TopologyTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final TokenHash HASH = new TokenHash("p1:" + "a".repeat(64));
  private static final String KEY = "{portcullis}:token:" + HASH.text();

  @TempDir Path temp;

  private static ConditionFactory within(int seconds) {
    // A server that changes its part closes its connections.
    return await()
        .ignoreExceptions()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(seconds));
  }

  private static RedisStore at(String uri) {
    return TestStores.connected(TestStores.at(uri, new SimpleMeterRegistry()));
  }

  private static void createToken(RedisStore store) {
    done(TestChanges.createPrincipal(store.registry(), TestPrincipals.user()));
    done(TestChanges.createToken(store.registry(), TestDetails.of("t", TestTokens.active()), HASH));
    assertThat(found(store.tokens().token(HASH))).isEqualTo(TestTokens.active());
  }

  private static boolean isRevoked(RedisStore store) {
    return Answers.of(store.tokens().token(HASH)) instanceof Lookup.Found<Token>(Token token)
        && token.status(NOW) == TokenStatus.REVOKED;
  }

  private static String uri(String scheme, String hosts, String end) {
    return scheme + "://:" + RedisProcess.PASSWORD + "@" + hosts + end;
  }

  @Test
  void speaksTlsAndTrustsOnlyWhomItIsTold() throws Exception {
    TestCertificate certificate = TestCertificate.make(temp);
    try (RedisProcess redis =
            RedisProcess.startWithTls(
                temp,
                "tls-cert-file " + certificate.certificate(),
                "tls-key-file " + certificate.key(),
                "tls-ca-cert-file " + certificate.certificate());
        RedisStore trusting =
            TestStores.connected(
                TestStores.trusting(redis.uri(), Optional.of(certificate.certificate())));
        RedisStore distrusting = TestStores.trusting(redis.uri(), Optional.empty())) {
      createToken(trusting);
      assertThat(Answers.of(distrusting.tokens().token(HASH)))
          .isInstanceOf(Lookup.Unavailable.class);
      assertThat(distrusting.isUp()).isFalse();
    }
  }

  @Test
  void followsTheSentinelsToTheNewMaster() {
    try (RedisProcess first = RedisProcess.start(temp);
        RedisProcess second = RedisProcess.start(temp, "replicaof 127.0.0.1 " + first.port());
        RedisProcess sentinel = RedisProcess.sentinel(temp, first);
        RedisStore store = at(sentinelUri(sentinel))) {
      createToken(store);
      within(5).until(() -> second.run("EXISTS", KEY).equals("1"));
      within(15).until(() -> sentinel.run("SENTINEL", "REPLICAS", "main").contains("slave"));
      first.freeze();
      within(15).until(() -> second.run("ROLE").startsWith("master"));
      within(5).until(() -> !second.run("HSET", KEY, "revokedAt", NOW.toString()).isEmpty());
      within(5).until(() -> isRevoked(store));
    }
  }

  @Test
  void leavesAMasterThatTheSentinelsNoLongerName() {
    try (RedisProcess first = RedisProcess.start(temp);
        RedisProcess second = RedisProcess.start(temp);
        RedisProcess sentinel = RedisProcess.sentinel(temp, first);
        RedisStore store = at(sentinelUri(sentinel))) {
      createToken(store);
      sentinel.run("SENTINEL", "REMOVE", "main");
      sentinel.run(
          "SENTINEL", "MONITOR", "main", "127.0.0.1", Integer.toString(second.port()), "1");
      within(2).until(() -> Answers.of(store.tokens().token(HASH)).equals(new Lookup.Absent<>()));
    }
  }

  private static String sentinelUri(RedisProcess sentinel) {
    return uri("redis-sentinel", "127.0.0.1:1,127.0.0.1:" + sentinel.port(), "#main");
  }

  @Test
  void worksOnAClusterAndFollowsTheSlot() {
    try (TestCluster cluster = TestCluster.start(temp);
        RedisStore store = at(clusterUri("127.0.0.1:1,127.0.0.1:" + cluster.stranger().port()));
        RedisStore other = at(clusterUri("127.0.0.1:" + cluster.owner().port()))) {
      createToken(store);
      assertThat(found(other.tokens().token(HASH))).isEqualTo(TestTokens.active());
      done(TestChanges.revoke(store.registry(), TestTokens.ID, NOW));
      within(1).until(() -> isRevoked(other));
      TokenFilter all = TestChanges.ALL_TOKENS;
      assertThat(done(store.registry().tokens(all, Optional.empty(), 10)).items()).hasSize(1);

      cluster.moveSlot();
      within(2).until(() -> isRevoked(store) && isRevoked(other));
      cluster.stranger().run("HDEL", KEY, "revokedAt");
      within(2).until(() -> !isRevoked(store) && !isRevoked(other));
    }
  }

  private static String clusterUri(String hosts) {
    return uri("redis-cluster", hosts, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:6379",
        "http://:hidden@localhost",
        "redis-sentinel://:hidden@localhost",
        "redis://:hidden@local host",
        "redis-cluster://:hidden@host:port",
      })
  void refusesAUriThatIsNoneWithoutShowingIt(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestStores.at(uri, new SimpleMeterRegistry()).close())
        .withMessageNotContaining("hidden")
        .withNoCause();
  }
}
