package dev.portcullis.gateway.token;

import static dev.portcullis.gateway.token.Answers.done;
import static dev.portcullis.gateway.token.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link TokenRegistry} does. */
public abstract class TokenRegistryContract {
  /** The instant that the registry's clock shows. */
  protected static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

  private static final TokenHash HASH = new TokenHash("p1:" + "a".repeat(64));
  private static final TokenFilter ALL =
      new TokenFilter(Optional.empty(), Optional.empty(), Optional.empty());

  private final Principal ada = TestPrincipals.user();
  private final TokenDetails token =
      new TokenDetails(
          TestTokens.active(),
          "Räder, \"quoted\"",
          "line one\nline two",
          TestTokens.CREATED,
          "operator",
          Map.of("team", "a b", "", "empty name", "x", ""));

  /** The registry, the same throughout a test. */
  protected abstract TokenRegistry registry();

  /** The chain's side of the same store, not cached. */
  protected abstract TokenStore store();

  /** Makes the store fail to answer. */
  protected abstract void breakDown();

  private static TokenHash hash(int i) {
    return new TokenHash("p1:%064d".formatted(i));
  }

  private static TokenDetails numbered(int i, Token like) {
    return TestTokens.named(
        "t" + i,
        new Token(
            "01kdvbs68%017d".formatted(i),
            like.principalId(),
            like.kind(),
            like.scopes(),
            like.expiresAt(),
            like.revokedAt(),
            like.allowedAddresses(),
            like.limits()));
  }

  private List<String> list(TokenFilter filter, int limit) {
    List<String> names = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<TokenDetails> page = done(registry().tokens(filter, cursor, limit));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      page.items().forEach(each -> names.add(each.name()));
      cursor = page.next();
    } while (cursor.isPresent());
    return names;
  }

  private static void assertConflict(CompletionStage<? extends Outcome<?>> stage, String field) {
    assertThat(stage.toCompletableFuture().join())
        .isInstanceOfSatisfying(
            Outcome.Conflict.class, it -> assertThat(it.field()).isEqualTo(field));
  }

  @Test
  void createsAPrincipalThatTheChainFinds() {
    assertThat(done(registry().createPrincipal(ada))).isEqualTo(ada);
    assertThat(found(store().principal("ada"))).isEqualTo(ada);
    assertThat(done(registry().principal("ada"))).isEqualTo(ada);
  }

  @Test
  void refusesASecondPrincipalWithOneId() {
    done(registry().createPrincipal(ada));
    assertConflict(registry().createPrincipal(TestPrincipals.disabled()), "id");
    assertThat(done(registry().principal("ada"))).isEqualTo(ada);
  }

  @Test
  void knowsNoPrincipalThatIsNotThere() {
    assertThat(Answers.of(registry().principal("ada"))).isEqualTo(new Outcome.NotFound<>());
  }

  @Test
  void listsPrincipalsById() {
    List<Principal> all = List.of(TestPrincipals.user("a"), TestPrincipals.user("b"), ada);
    all.reversed().forEach(each -> done(registry().createPrincipal(each)));
    Page<Principal> first = done(registry().principals(Optional.empty(), 2));
    assertThat(first.items()).isEqualTo(List.of(all.get(0), ada));
    Page<Principal> second = done(registry().principals(first.next(), 2));
    assertThat(second.items()).isEqualTo(List.of(all.get(1)));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void createsATokenThatTheChainFinds() {
    done(registry().createPrincipal(ada));
    assertThat(done(registry().createToken(token, HASH))).isEqualTo(token);
    assertThat(found(store().token(HASH))).isEqualTo(token.token());
    assertThat(done(registry().tokenById(TestTokens.ID))).isEqualTo(token);
  }

  @Test
  void refusesATokenOfNobody() {
    assertConflict(registry().createToken(token, HASH), "principal");
    assertThat(Answers.of(store().token(HASH))).isEqualTo(new Lookup.Absent<>());
    assertThat(Answers.of(registry().tokenById(TestTokens.ID))).isEqualTo(new Outcome.NotFound<>());
  }

  @Test
  void refusesASecretThatIsKnownAlready() {
    done(registry().createPrincipal(ada));
    done(registry().createToken(token, HASH));
    assertConflict(registry().createToken(numbered(1, TestTokens.active()), HASH), "secret");
    assertThat(found(store().token(HASH)).id()).isEqualTo(TestTokens.ID);
    assertThat(list(ALL, 10)).hasSize(1);
  }

  @Test
  void refusesTheSecretOfATokenThatWasRevoked() {
    done(registry().createPrincipal(ada));
    done(registry().createToken(token, HASH));
    done(registry().revoke(TestTokens.ID, NOW));
    assertConflict(registry().createToken(numbered(1, TestTokens.active()), HASH), "secret");
  }

  @Test
  void refusesAnImportedSecretAfterItWasRehashed() {
    TokenHash imported = new TokenHash("sha256:" + "c".repeat(64));
    done(registry().createPrincipal(ada));
    done(registry().createToken(token, imported));
    Answers.of(store().rehash(imported, HASH));
    assertConflict(registry().createToken(numbered(1, TestTokens.active()), imported), "secret");
  }

  @Test
  void refusesASecondTokenWithOneId() {
    done(registry().createPrincipal(ada));
    done(registry().createToken(token, HASH));
    assertConflict(registry().createToken(token, hash(1)), "id");
    assertThat(Answers.of(store().token(hash(1)))).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void revokesAToken() {
    done(registry().createPrincipal(ada));
    done(registry().createToken(token, HASH));
    TokenDetails revoked = done(registry().revoke(TestTokens.ID, NOW));
    assertThat(revoked.token().revokedAt()).contains(NOW);
    assertThat(found(store().token(HASH)).status(NOW)).isEqualTo(TokenStatus.REVOKED);
    assertThat(done(registry().tokenById(TestTokens.ID))).isEqualTo(revoked);
  }

  @Test
  void keepsTheFirstInstantWhenRevokedTwice() {
    done(registry().createPrincipal(ada));
    done(registry().createToken(token, HASH));
    done(registry().revoke(TestTokens.ID, NOW));
    TokenDetails again = done(registry().revoke(TestTokens.ID, NOW.plusSeconds(9)));
    assertThat(again.token().revokedAt()).contains(NOW);
  }

  @Test
  void revokesATokenThatWasRehashed() {
    done(registry().createPrincipal(ada));
    done(registry().createToken(token, HASH));
    Answers.of(store().rehash(HASH, hash(1)));
    done(registry().revoke(TestTokens.ID, NOW));
    assertThat(found(store().token(hash(1))).revokedAt()).contains(NOW);
    assertThat(Answers.of(store().token(HASH))).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void revokesOneOfTwoTokensAndLeavesTheOther() {
    done(registry().createPrincipal(ada));
    done(registry().createToken(token, HASH));
    done(registry().createToken(numbered(1, TestTokens.active()), hash(1)));
    done(registry().revoke(TestTokens.ID, NOW));
    assertThat(found(store().token(hash(1))).status(NOW)).isEqualTo(TokenStatus.ACTIVE);
  }

  @Test
  void revokesNothingThatIsNotThere() {
    assertThat(Answers.of(registry().revoke("nothing", NOW))).isEqualTo(new Outcome.NotFound<>());
  }

  @Test
  void listsTokensInTheOrderOfTheirIdsPageByPage() {
    done(registry().createPrincipal(ada));
    for (int i = 25; i > 0; i--) {
      done(registry().createToken(numbered(i, TestTokens.active()), hash(i)));
    }
    List<String> expected = IntStream.rangeClosed(1, 25).mapToObj(i -> "t" + i).toList();
    assertThat(list(ALL, 10)).isEqualTo(expected);
    assertThat(list(ALL, 5)).isEqualTo(expected);
    assertThat(list(ALL, 100)).isEqualTo(expected);
  }

  @Test
  void listsNothingWhereThereIsNothing() {
    assertThat(list(ALL, 10)).isEmpty();
    assertThat(done(registry().principals(Optional.empty(), 10)).items()).isEmpty();
  }

  @Test
  void listsTheTokensOfAPrincipalOrOfAnOrganization() {
    Principal bob = TestPrincipals.user("bob");
    done(registry().createPrincipal(TestPrincipals.inOrganization("acme")));
    done(registry().createPrincipal(bob));
    done(registry().createToken(numbered(1, TestTokens.activeOf(ada)), hash(1)));
    done(registry().createToken(numbered(2, TestTokens.activeOf(bob)), hash(2)));
    Optional<String> acme = Optional.of("acme");
    Optional<String> none = Optional.empty();
    assertThat(list(new TokenFilter(Optional.of("ada"), none, Optional.empty()), 10))
        .containsExactly("t1");
    assertThat(list(new TokenFilter(Optional.of("bob"), none, Optional.empty()), 10))
        .containsExactly("t2");
    assertThat(list(new TokenFilter(none, acme, Optional.empty()), 10)).containsExactly("t1");
    assertThat(list(new TokenFilter(Optional.of("ada"), acme, Optional.empty()), 10))
        .containsExactly("t1");
    assertThat(list(new TokenFilter(Optional.of("bob"), acme, Optional.empty()), 10)).isEmpty();
    assertThat(list(new TokenFilter(Optional.of("eve"), none, Optional.empty()), 10)).isEmpty();
  }

  @Test
  void listsTokensByStatus() {
    done(registry().createPrincipal(ada));
    List<Token> each =
        List.of(
            TestTokens.active(),
            TestTokens.expiringAt(NOW),
            TestTokens.revoked(),
            TestTokens.expiringAt(NOW.plusMillis(1)));
    for (int i = 0; i < 40; i++) {
      done(registry().createToken(numbered(i, each.get(i % 4)), hash(i)));
    }
    assertThat(list(byStatus(TokenStatus.EXPIRED), 3))
        .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "t" + (4 * i + 1)).toList());
    assertThat(list(byStatus(TokenStatus.REVOKED), 3))
        .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "t" + (4 * i + 2)).toList());
    assertThat(list(byStatus(TokenStatus.ACTIVE), 3)).hasSize(20);
  }

  private static TokenFilter byStatus(TokenStatus status) {
    return new TokenFilter(Optional.empty(), Optional.empty(), Optional.of(status));
  }

  @Test
  void saysThatItIsUnavailableWhenItIs() {
    breakDown();
    List<CompletionStage<? extends Outcome<?>>> all =
        List.of(
            registry().createPrincipal(ada),
            registry().principal("ada"),
            registry().principals(Optional.empty(), 10),
            registry().createToken(token, HASH),
            registry().tokenById(TestTokens.ID),
            registry().tokens(ALL, Optional.empty(), 10),
            registry().revoke(TestTokens.ID, NOW));
    assertThat(all)
        .allSatisfy(
            stage ->
                assertThat((Object) stage.toCompletableFuture().join())
                    .isInstanceOf(Outcome.Unavailable.class));
  }
}
