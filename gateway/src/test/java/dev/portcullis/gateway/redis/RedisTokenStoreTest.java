package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.token.Answers.done;
import static dev.portcullis.gateway.token.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.TestChanges;
import dev.portcullis.gateway.registry.TestDetails;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStatus;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.gateway.token.TokenStoreContract;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisTokenStoreTest extends TokenStoreContract {
  private static final TokenHash HASH = new TokenHash("sha256:" + "a".repeat(64));
  private static final String KEY = "{portcullis}:token:" + HASH.text();

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
    store = TestStores.on(redis);
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
  protected TokenStore store() {
    return store.tokens();
  }

  @Override
  protected void given(TokenHash hash, Token token) {
    done(TestChanges.createToken(store.registry(), TestDetails.of("a token", token), hash));
  }

  @Override
  protected void given(Principal principal) {
    done(TestChanges.createPrincipal(store.registry(), principal));
  }

  @Override
  protected void breakDown() {
    store.close();
  }

  /** The smallest record that another program may write. */
  private static void writeRecord() {
    redis.run("HSET", KEY, "v", "1", "id", "x1", "principal", "ada", "kind", "api");
  }

  @Test
  void readsATokenThatAnotherProgramWrote() {
    writeRecord();
    redis.run(
        "HSET",
        KEY,
        "scopes",
        "dataset/logs:read role:reader",
        "expiresAt",
        "2030-01-01T00:00:00Z");
    Token token = found(store().token(HASH));
    assertThat(token.id()).isEqualTo("x1");
    assertThat(token.scopes().written()).containsExactly("dataset/logs:read", "role:reader");
    assertThat(token.expiresAt()).contains(Instant.parse("2030-01-01T00:00:00Z"));
  }

  @Test
  void readsAPrincipalThatAnotherProgramWrote() {
    redis.run(
        "HSET",
        "{portcullis}:principal:bob",
        "v",
        "1",
        "kind",
        "user",
        "enabled",
        "true",
        "email",
        "BOB@Example.org");
    Principal bob = found(store().principal("bob"));
    assertThat(bob.email().orElseThrow().text()).isEqualTo("bob@example.org");
    assertThat(bob.scopes().written()).isEmpty();
  }

  @Test
  void ignoresFieldsThatItDoesNotKnow() {
    writeRecord();
    redis.run("HSET", KEY, "colour", "blue");
    assertThat(found(store().token(HASH)).id()).isEqualTo("x1");
  }

  @ParameterizedTest
  @CsvSource({
    "v, 2, field v is not a version that this gateway reads",
    "v, '', field v is not a version that this gateway reads",
    "kind, robot, field kind cannot be read",
    "scopes, no-colon, field scopes cannot be read",
    "scopes, 'a:b  c:d', field scopes cannot be read",
    "expiresAt, tomorrow, field expiresAt cannot be read",
    "expiresAt, '', field expiresAt cannot be read",
    "revokedAt, yes, field revokedAt cannot be read",
    "revokedAt, '', field revokedAt cannot be read",
    "allowedAddresses, 10.0.0.1/8, field allowedAddresses cannot be read",
    "allowedAddresses, example.org, field allowedAddresses cannot be read",
  })
  void refusesARecordWithAFieldItCannotRead(String field, String value, String problem) {
    writeRecord();
    redis.run("HSET", KEY, field, value);
    assertThat(Answers.of(store().token(HASH))).isEqualTo(new Lookup.Unreadable<>(problem));
  }

  @ParameterizedTest
  @CsvSource({"v", "id", "principal", "kind"})
  void refusesARecordWithoutAFieldItNeeds(String field) {
    writeRecord();
    redis.run("HDEL", KEY, field);
    assertThat(Answers.of(store().token(HASH)))
        .isEqualTo(new Lookup.Unreadable<>("field " + field + " is missing"));
  }

  @Test
  void refusesARecordThatIsNoHash() {
    redis.run("SET", KEY, "text");
    assertThat(Answers.of(store().token(HASH))).isInstanceOf(Lookup.Unreadable.class);
  }

  @ParameterizedTest
  @CsvSource({"enabled, yes", "enabled, ''", "kind, god", "scopes, x"})
  void refusesAPrincipalWithAFieldItCannotRead(String field, String value) {
    redis.run("HSET", "{portcullis}:principal:bob", "v", "1", "kind", "user", "enabled", "true");
    redis.run("HSET", "{portcullis}:principal:bob", field, value);
    assertThat(Answers.of(store().principal("bob")))
        .isEqualTo(new Lookup.Unreadable<>("field " + field + " cannot be read"));
  }

  @Test
  void refusesTheUnreadableTokenAlone() {
    writeRecord();
    redis.run("HSET", KEY, "v", "2");
    TokenHash good = new TokenHash("p1:" + "b".repeat(64));
    given(TestPrincipals.user());
    given(good, TestTokens.active());
    assertThat(Answers.of(store().token(HASH))).isInstanceOf(Lookup.Unreadable.class);
    assertThat(found(store().token(good))).isEqualTo(TestTokens.active());
  }

  @Test
  void neitherShowsNorRevokesARecordOfALaterVersion() {
    given(TestPrincipals.user());
    given(HASH, TestTokens.active());
    redis.run("HSET", KEY, "v", "2");
    assertThat(Answers.of(TestChanges.details(store.registry(), TestTokens.ID)))
        .isInstanceOf(Outcome.Conflict.class);
    assertThat(Answers.of(TestChanges.revoke(store.registry(), TestTokens.ID, Instant.EPOCH)))
        .isInstanceOf(Outcome.Conflict.class);
    assertThat(redis.run("HGET", KEY, "revokedAt")).isEmpty();
  }

  @Test
  void findsATokenByIdAfterItWasRehashed() {
    given(TestPrincipals.user());
    given(HASH, TestTokens.active());
    TokenHash other = new TokenHash("p1:" + "b".repeat(64));
    Answers.of(store().rehash(HASH, other));
    assertThat(redis.run("HGET", "{portcullis}:token-hashes", TestTokens.ID))
        .isEqualTo(other.text());
    done(TestChanges.revoke(store.registry(), TestTokens.ID, Instant.EPOCH));
    assertThat(found(store().token(other)).status(Instant.EPOCH)).isEqualTo(TokenStatus.REVOKED);
  }

  @Test
  void readsOneRecordByOneCommand() {
    given(TestPrincipals.user());
    given(HASH, TestTokens.active());
    redis.run("CONFIG", "RESETSTAT");
    found(store().token(HASH));
    found(store().principal("ada"));
    assertThat(redis.calls("hmget")).isEqualTo(1);
    assertThat(redis.calls("hgetall")).isEqualTo(1);
  }

  @Test
  void keepsAllKeysInOneSlot() {
    given(TestPrincipals.inOrganization("acme"));
    given(HASH, TestTokens.active());
    try (RedisCli cli = redis.cli()) {
      assertThat(cli.list("KEYS", "*"))
          .isNotEmpty()
          .allMatch(key -> key.startsWith("{portcullis}:"));
    }
  }
}
