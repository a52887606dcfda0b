package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.InMemoryParameters;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Regeneration;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.registry.TestChanges;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.TestTokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that another program wrote, in other words than the gateway's that mean the same. */
class ForeignRecordsTest {
  private static final String PRINCIPAL = "{portcullis}:principal:ci";
  private static final String RECORD = "{portcullis}:token:sha256:" + "a".repeat(64);

  private final RedisStore store = TestStores.emptied(InstantSource.system());
  private final Registrar registrar =
      Registrar.of(
          store.registry(), TestTokens.ring(), new InMemoryParameters(), InstantSource.system());

  private static String redis(String... command) {
    return SharedRedis.running().run(command);
  }

  @BeforeEach
  void provision() {
    redis(
        "HSET",
        PRINCIPAL,
        "v",
        "1",
        "kind",
        "service-account",
        "enabled",
        "true",
        "email",
        "CI@Example.ORG ",
        "scopes",
        "*:*",
        "team",
        "blue");
    redis("ZADD", "{portcullis}:principal-ids", "0", "ci");
    redis(
        "HSET",
        RECORD,
        "v",
        "1",
        "id",
        "t-0001",
        "principal",
        "ci",
        "kind",
        "api",
        "scopes",
        "a:b",
        "expiresAt",
        "2099-01-01T00:00:00.000Z",
        "description",
        "");
    redis("HSET", "{portcullis}:token-hashes", "t-0001", "sha256:" + "a".repeat(64));
    redis("ZADD", "{portcullis}:token-ids", "0", "t-0001");
    redis("ZADD", "{portcullis}:principal-tokens:ci", "0", "t-0001");
  }

  @AfterEach
  void disconnect() {
    store.close();
  }

  @Test
  void canBeChanged() {
    done(registrar.principals().update("ci", it -> it.enabled(false), TestChanges.AUTHOR));
    done(
        registrar
            .tokens()
            .describe("t-0001", it -> it.described("ours", "", it.tags()), TestChanges.AUTHOR));
    assertThat(redis("HGET", PRINCIPAL, "enabled")).isEqualTo("false");
    assertThat(redis("HGET", PRINCIPAL, "team")).isEqualTo("blue");
    assertThat(redis("HGET", RECORD, "name")).isEqualTo("ours");
    assertThat(redis("HGET", RECORD, "expiresAt")).isEqualTo("2099-01-01T00:00:00Z");
  }

  @Test
  void canBeRevokedAndRegenerated() {
    var issued =
        done(
            registrar
                .regeneration()
                .regenerate(
                    "t-0001",
                    new Regeneration.Terms(
                        Duration.ofMinutes(1), Optional.empty(), Optional.empty()),
                    TestChanges.AUTHOR,
                    Optional.empty()));
    assertThat(issued.token().replaces()).contains("t-0001");
    done(registrar.tokens().revoke("t-0001", Optional.empty(), TestChanges.AUTHOR));
    assertThat(redis("HEXISTS", RECORD, "revokedAt")).isEqualTo("1");
    assertThat(done(registrar.principals().delete("ci", TestChanges.AUTHOR))).isEqualTo(1);
    assertThat(redis("EXISTS", PRINCIPAL)).isEqualTo("0");
  }

  @Test
  void cannotBeReadWhereTheIndexHasNoHash() {
    redis("HSET", "{portcullis}:token-hashes", "t-0001", "sha256:" + "A".repeat(64));
    assertThat(Answers.of(TestChanges.details(store.registry(), "t-0001")))
        .isInstanceOf(Outcome.Conflict.class);
  }
}
