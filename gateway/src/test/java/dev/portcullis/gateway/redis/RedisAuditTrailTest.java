package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.AuditTrailContract;
import dev.portcullis.gateway.registry.InMemoryParameters;
import dev.portcullis.gateway.registry.IssuedToken;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.registry.TestChanges;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAuditTrailTest extends AuditTrailContract {
  private static final String AUDIT = "{portcullis}:audit";
  private static final String HEAD = "{portcullis}:audit-head";

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

  private List<String> ids() {
    return done(trail().entries(ALL_ENTRIES, Optional.empty(), 200)).items().stream()
        .map(it -> it.link().id())
        .toList();
  }

  private List<String> flaws() {
    return done(trail().verify(Optional.empty(), 1000)).flaws().stream()
        .map(AuditTrail.Flaw::detail)
        .toList();
  }

  private void tenTokens() {
    IntStream.range(0, 10).forEach(i -> create());
    assertThat(flaws()).isEmpty();
  }

  private static String redis(String... command) {
    return SharedRedis.running().run(command);
  }

  @Test
  void findsAnEntryThatWasTakenOut() {
    tenTokens();
    redis("XDEL", AUDIT, ids().get(4));
    assertThat(flaws()).containsExactly("entry number 5 is missing before this one");
  }

  @Test
  void findsThatTheBeginningWasCutOff() {
    tenTokens();
    redis("XTRIM", AUDIT, "MINID", ids().get(3));
    assertThat(flaws()).containsExactly("entries number 1 to 3 are missing before this one");
  }

  @Test
  void findsThatNoTrimSaysThatTheBeginningWasRemoved() {
    tenTokens();
    String through =
        done(trail().entries(ALL_ENTRIES, Optional.empty(), 3)).items().getLast().link().written();
    redis("XTRIM", AUDIT, "MINID", ids().get(3));
    redis("SET", "{portcullis}:audit-floor", through + " " + ids().getLast());
    assertThat(flaws()).containsExactly("entries number 1 to 3 are missing before this one");
  }

  @Test
  void findsThatTheEndWasCutOff() {
    tenTokens();
    redis("XDEL", AUDIT, ids().getLast());
    assertThat(flaws()).containsExactly("entries after number 10 are missing");
  }

  @Test
  void findsThatTheWholeTrailIsGone() {
    tenTokens();
    redis("DEL", AUDIT);
    assertThat(flaws()).containsExactly("entries after number 0 are missing");
  }

  /** A stream's entry cannot be changed, so the stream is written anew up to it and after it. */
  @Test
  void findsAnEntryThatWasChanged() {
    tenTokens();
    redis(
        "EVAL",
        """
        local all = redis.call('XRANGE', KEYS[1], '-', '+')
        redis.call('DEL', KEYS[1])
        for i, entry in ipairs(all) do
          local fields = entry[2]
          for f = 1, #fields, 2 do
            if i == 5 and fields[f] == 'actor' then fields[f + 1] = 'somebody' end
          end
          redis.call('XADD', KEYS[1], entry[1], unpack(fields))
        end
        """,
        "1",
        AUDIT);
    assertThat(flaws()).containsExactly("its seal does not fit");
  }

  @Test
  void findsThatTheEndWasPutBackWhileTheEntriesStay() {
    tenTokens();
    String head = redis("GET", HEAD);
    create();
    redis("SET", HEAD, head);
    assertThat(flaws())
        .containsExactly("the trail is said to end at " + ids().get(10) + ", before this");
  }

  @ParameterizedTest
  @CsvSource({"SET, x", "SET, x y", "SET, 1-x p1:00", "LPUSH, x"})
  void neitherWritesNorHangsWhereTheEndCannotBeReadAndGoesOnOnceItCan(String command, String end) {
    tenTokens();
    String head = redis("GET", HEAD);
    long tokens = tokens();
    redis("DEL", HEAD);
    redis(command, HEAD, end);
    assertThat(flaws()).hasSize(1).first().asString().startsWith("this is no trail of a gateway");
    assertThat(tryToCreate()).isInstanceOf(Outcome.Unavailable.class);
    assertThat(tryToCreate()).isInstanceOf(Outcome.Unavailable.class);
    redis("DEL", HEAD);
    redis("SET", HEAD, head);
    assertThat(tokens()).isEqualTo(tokens);
    create();
    assertThat(flaws()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return redis.call('RENAME', KEYS[1], KEYS[1] .. '-away') and redis.call('SET', KEYS[1],"
            + " 'x')",
        "return redis.call('XADD', KEYS[1], '99999999999999-1', 'a', 'b')",
        "return redis.call('XADD', KEYS[1], '99999999999999-18446744073709551614', 'a', 'b')",
        "return redis.call('LPUSH', '{portcullis}:audit-floor', 'x')",
      })
  void changesNothingThatTheTrailDoesNotTake(String tampering) {
    tenTokens();
    long tokens = tokens();
    redis("EVAL", tampering, "1", AUDIT);
    assertThat(tryToCreate()).isInstanceOf(Outcome.Unavailable.class);
    assertThat(tokens()).isEqualTo(tokens);
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999-1", "99999999999999-18446744073709551614"})
  void findsAnEntryThatCannotBeOneOfTheChain(String id) {
    tenTokens();
    redis("XADD", AUDIT, id, "a", "b");
    assertThat(flaws()).contains("it is no entry of this chain: its number or its seal is none");
  }

  @Test
  void takesAFloorThatCannotBeReadForNone() {
    tenTokens();
    redis("SET", "{portcullis}:audit-floor", "x y z");
    create();
    assertThat(flaws()).isEmpty();
    redis("XTRIM", AUDIT, "MINID", ids().get(3));
    assertThat(flaws()).containsExactly("entries number 1 to 3 are missing before this one");
  }

  private static long tokens() {
    return Long.parseLong(redis("ZCARD", "{portcullis}:token-ids"));
  }

  private Outcome<IssuedToken> tryToCreate() {
    return Answers.of(
        Registrar.of(registry(), PEPPERS, new InMemoryParameters(), this)
            .issuance()
            .create(draft(Optional.empty()), owner(), TestChanges.AUTHOR, Optional.empty()));
  }

  @Test
  void findsAForgedEntryAtTheEnd() {
    tenTokens();
    String last = ids().getLast();
    String next = last.replaceAll("-11$", "-12");
    redis(
        "XADD",
        AUDIT,
        next,
        "at",
        NOW.toString(),
        "actor",
        "eve",
        "action",
        "token.create",
        "outcome",
        "done",
        "seal",
        "p1:" + "0".repeat(64));
    redis("SET", "{portcullis}:audit-head", next + " p1:" + "0".repeat(64));
    assertThat(flaws()).containsExactly("its seal does not fit");
  }

  @Test
  void trimsOldEntriesAndStaysIntact() {
    tenTokens();
    pass(Duration.ofDays(10));
    tenTokens();
    assertThat(done(trail().trim(NOW.plusSeconds(60)))).isEqualTo(11);
    assertThat(ids()).hasSize(11);
    assertThat(flaws()).isEmpty();
    assertThat(done(trail().trim(NOW.plusSeconds(60)))).isZero();
    create();
    assertThat(flaws()).isEmpty();
    assertThat(redis("ZCARD", "{portcullis}:audit-of-principal:ada")).isEqualTo("11");
    redis("XTRIM", AUDIT, "MINID", ids().get(3));
    assertThat(flaws()).isNotEmpty();
  }

  @Test
  void isTrimmedOnceWhenTwoGatewaysTrimAtOnce() {
    tenTokens();
    pass(Duration.ofDays(10));
    create();
    try (RedisStore other = TestStores.on(SharedRedis.running())) {
      List<CompletableFuture<Outcome<Long>>> trims = new ArrayList<>();
      for (int i = 1; i <= 10; i++) {
        AuditTrail one = i % 2 == 0 ? other.trail() : trail();
        trims.add(one.trim(NOW.plusSeconds(i)).toCompletableFuture());
      }
      trims.forEach(Answers::done);
      assertThat(flaws()).isEmpty();
    }
  }

  @Test
  void staysOneChainWhenTwoGatewaysWriteAtOnce() {
    try (RedisStore other = TestStores.on(SharedRedis.running())) {
      Registrar both = Registrar.of(other.registry(), PEPPERS, new InMemoryParameters(), this);
      List<CompletableFuture<Outcome<IssuedToken>>> made = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Registrar one =
            i % 2 == 0 ? both : Registrar.of(registry(), PEPPERS, new InMemoryParameters(), this);
        made.add(
            one.issuance()
                .create(draft(Optional.empty()), owner(), TestChanges.AUTHOR, Optional.empty())
                .toCompletableFuture());
      }
      assertThat(made.stream().filter(it -> Answers.of(it) instanceof Outcome.Done)).hasSize(200);
      assertThat(flaws()).isEmpty();
      assertThat(done(trail().verify(Optional.empty(), 1000)).total()).isEqualTo(201);
    }
  }
}
