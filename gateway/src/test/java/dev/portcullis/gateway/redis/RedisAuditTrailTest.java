package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.AuditTrailContract;
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

class RedisAuditTrailTest extends AuditTrailContract {
  private static final String AUDIT = "{portcullis}:audit";

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
  void staysOneChainWhenTwoGatewaysWriteAtOnce() {
    try (RedisStore other = TestStores.on(SharedRedis.running())) {
      Registrar both = Registrar.of(other.registry(), PEPPERS, this);
      List<CompletableFuture<Outcome<IssuedToken>>> made = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Registrar one = i % 2 == 0 ? both : Registrar.of(registry(), PEPPERS, this);
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
