package dev.portcullis.gateway.registry;

import static dev.portcullis.gateway.token.Answers.done;
import static dev.portcullis.gateway.token.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStatus;
import dev.portcullis.gateway.token.TokenStore;
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
  private static final TokenFilter ALL = TestChanges.ALL_TOKENS;

  private final Principal ada = TestPrincipals.user();
  private final TokenDetails token =
      new TokenDetails(
          TestTokens.active(),
          Optional.empty(),
          Optional.of("axiom"),
          "Räder, \"quoted\"",
          "line one\nline two",
          TestTokens.CREATED,
          "operator",
          Map.of("team", "a b", "", "empty name", "x", ""),
          Optional.of("before"),
          Optional.of("after"),
          Optional.of("reason"),
          Optional.of("/apps/one"));

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
    return numbered(i, like, TestPrincipals.user());
  }

  private static TokenDetails numbered(int i, Token like, Principal owner) {
    return TestDetails.of(
        "t" + i,
        new Token(
            "01kdvbs68%017d".formatted(i),
            like.principalId(),
            like.kind(),
            like.scopes(),
            like.expiresAt(),
            like.revokedAt(),
            like.allowedAddresses(),
            like.limits(),
            "01kdvbs68%017d".formatted(i),
            like.parent()),
        owner);
  }

  private List<String> list(TokenFilter filter, int limit) {
    List<String> names = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<KeptToken> page = done(registry().tokens(filter, cursor, limit));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      page.items().forEach(each -> names.add(each.details().name()));
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
    assertThat(done(TestChanges.createPrincipal(registry(), ada))).isEqualTo(ada);
    assertThat(found(store().principal("ada"))).isEqualTo(ada);
    assertThat(done(registry().principal("ada"))).isEqualTo(ada);
  }

  @Test
  void refusesASecondPrincipalWithOneId() {
    done(TestChanges.createPrincipal(registry(), ada));
    assertConflict(TestChanges.createPrincipal(registry(), TestPrincipals.disabled()), "id");
    assertThat(done(registry().principal("ada"))).isEqualTo(ada);
  }

  @Test
  void knowsNoPrincipalThatIsNotThere() {
    assertThat(Answers.of(registry().principal("ada"))).isEqualTo(new Outcome.NotFound<>());
  }

  @Test
  void listsPrincipalsById() {
    List<Principal> all = List.of(TestPrincipals.user("a"), TestPrincipals.user("b"), ada);
    all.reversed().forEach(each -> done(TestChanges.createPrincipal(registry(), each)));
    Page<Principal> first = done(registry().principals(Optional.empty(), Optional.empty(), 2));
    assertThat(first.items()).isEqualTo(List.of(all.get(0), ada));
    Page<Principal> second = done(registry().principals(Optional.empty(), first.next(), 2));
    assertThat(second.items()).isEqualTo(List.of(all.get(1)));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void createsATokenThatTheChainFinds() {
    done(TestChanges.createPrincipal(registry(), ada));
    assertThat(done(TestChanges.createToken(registry(), token, HASH))).isEqualTo(token);
    assertThat(found(store().token(HASH))).isEqualTo(token.token());
    assertThat(done(TestChanges.details(registry(), TestTokens.ID))).isEqualTo(token);
  }

  @Test
  void refusesATokenOfNobody() {
    assertConflict(TestChanges.createToken(registry(), token, HASH), "principal");
    assertThat(Answers.of(store().token(HASH))).isEqualTo(new Lookup.Absent<>());
    assertThat(Answers.of(TestChanges.details(registry(), TestTokens.ID)))
        .isEqualTo(new Outcome.NotFound<>());
  }

  @Test
  void refusesASecretThatIsKnownAlready() {
    done(TestChanges.createPrincipal(registry(), ada));
    done(TestChanges.createToken(registry(), token, HASH));
    assertConflict(
        TestChanges.createToken(registry(), numbered(1, TestTokens.active()), HASH), "secret");
    assertThat(found(store().token(HASH)).id()).isEqualTo(TestTokens.ID);
    assertThat(list(ALL, 10)).hasSize(1);
  }

  @Test
  void refusesTheSecretOfATokenThatWasRevoked() {
    done(TestChanges.createPrincipal(registry(), ada));
    done(TestChanges.createToken(registry(), token, HASH));
    done(TestChanges.revoke(registry(), TestTokens.ID, NOW));
    assertConflict(
        TestChanges.createToken(registry(), numbered(1, TestTokens.active()), HASH), "secret");
  }

  @Test
  void refusesASecondTokenWithOneId() {
    done(TestChanges.createPrincipal(registry(), ada));
    done(TestChanges.createToken(registry(), token, HASH));
    assertConflict(TestChanges.createToken(registry(), token, hash(1)), "id");
    assertThat(Answers.of(store().token(hash(1)))).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void revokesAToken() {
    done(TestChanges.createPrincipal(registry(), ada));
    done(TestChanges.createToken(registry(), token, HASH));
    TokenDetails revoked = done(TestChanges.revoke(registry(), TestTokens.ID, NOW));
    assertThat(revoked.token().revokedAt()).contains(NOW);
    assertThat(found(store().token(HASH)).status(NOW)).isEqualTo(TokenStatus.REVOKED);
    assertThat(done(TestChanges.details(registry(), TestTokens.ID))).isEqualTo(revoked);
  }

  @Test
  void keepsTheFirstInstantWhenRevokedTwice() {
    done(TestChanges.createPrincipal(registry(), ada));
    done(TestChanges.createToken(registry(), token, HASH));
    done(TestChanges.revoke(registry(), TestTokens.ID, NOW));
    TokenDetails again = done(TestChanges.revoke(registry(), TestTokens.ID, NOW.plusSeconds(9)));
    assertThat(again.token().revokedAt()).contains(NOW);
  }

  @Test
  void revokesATokenThatWasRehashed() {
    done(TestChanges.createPrincipal(registry(), ada));
    done(TestChanges.createToken(registry(), token, HASH));
    Answers.of(store().rehash(HASH, hash(1)));
    done(TestChanges.revoke(registry(), TestTokens.ID, NOW));
    assertThat(found(store().token(hash(1))).revokedAt()).contains(NOW);
    assertThat(Answers.of(store().token(HASH))).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void revokesOneOfTwoTokensAndLeavesTheOther() {
    done(TestChanges.createPrincipal(registry(), ada));
    done(TestChanges.createToken(registry(), token, HASH));
    done(TestChanges.createToken(registry(), numbered(1, TestTokens.active()), hash(1)));
    done(TestChanges.revoke(registry(), TestTokens.ID, NOW));
    assertThat(found(store().token(hash(1))).status(NOW)).isEqualTo(TokenStatus.ACTIVE);
  }

  @Test
  void revokesNothingThatIsNotThere() {
    assertThat(Answers.of(TestChanges.revoke(registry(), "nothing", NOW)))
        .isEqualTo(new Outcome.NotFound<>());
  }

  @Test
  void listsTokensInTheOrderOfTheirIdsPageByPage() {
    done(TestChanges.createPrincipal(registry(), ada));
    for (int i = 25; i > 0; i--) {
      done(TestChanges.createToken(registry(), numbered(i, TestTokens.active()), hash(i)));
    }
    List<String> expected = IntStream.rangeClosed(1, 25).mapToObj(i -> "t" + i).toList();
    assertThat(list(ALL, 10)).isEqualTo(expected);
    assertThat(list(ALL, 5)).isEqualTo(expected);
    assertThat(list(ALL, 100)).isEqualTo(expected);
  }

  @Test
  void listsNothingWhereThereIsNothing() {
    assertThat(list(ALL, 10)).isEmpty();
    assertThat(done(registry().principals(Optional.empty(), Optional.empty(), 10)).items())
        .isEmpty();
  }

  @Test
  void listsTheTokensOfAPrincipalOrOfAnOrganization() {
    Principal bob = TestPrincipals.user("bob");
    Principal adaOfAcme = TestPrincipals.inOrganization("acme");
    done(TestChanges.createPrincipal(registry(), adaOfAcme));
    done(TestChanges.createPrincipal(registry(), bob));
    done(
        TestChanges.createToken(
            registry(), numbered(1, TestTokens.activeOf(ada), adaOfAcme), hash(1)));
    done(TestChanges.createToken(registry(), numbered(2, TestTokens.activeOf(bob)), hash(2)));
    Optional<String> acme = Optional.of("acme");
    Optional<String> none = Optional.empty();
    assertThat(
            list(
                new TokenFilter(
                    Optional.of("ada"), none, Optional.empty(), Optional.empty(), Optional.empty()),
                10))
        .containsExactly("t1");
    assertThat(
            list(
                new TokenFilter(
                    Optional.of("bob"), none, Optional.empty(), Optional.empty(), Optional.empty()),
                10))
        .containsExactly("t2");
    assertThat(
            list(
                new TokenFilter(none, acme, Optional.empty(), Optional.empty(), Optional.empty()),
                10))
        .containsExactly("t1");
    assertThat(
            list(
                new TokenFilter(
                    Optional.of("ada"), acme, Optional.empty(), Optional.empty(), Optional.empty()),
                10))
        .containsExactly("t1");
    assertThat(
            list(
                new TokenFilter(
                    Optional.of("bob"), acme, Optional.empty(), Optional.empty(), Optional.empty()),
                10))
        .isEmpty();
    assertThat(
            list(
                new TokenFilter(
                    Optional.of("eve"), none, Optional.empty(), Optional.empty(), Optional.empty()),
                10))
        .isEmpty();
  }

  @Test
  void listsTokensByStatus() {
    done(TestChanges.createPrincipal(registry(), ada));
    List<Token> each =
        List.of(
            TestTokens.active(),
            TestTokens.expiringAt(NOW),
            TestTokens.revoked(),
            TestTokens.expiringAt(NOW.plusMillis(1)));
    for (int i = 0; i < 40; i++) {
      done(TestChanges.createToken(registry(), numbered(i, each.get(i % 4)), hash(i)));
    }
    assertThat(list(byStatus(TokenStatus.EXPIRED), 3))
        .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "t" + (4 * i + 1)).toList());
    assertThat(list(byStatus(TokenStatus.REVOKED), 3))
        .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "t" + (4 * i + 2)).toList());
    assertThat(list(byStatus(TokenStatus.ACTIVE), 3)).hasSize(20);
  }

  private static TokenFilter byStatus(TokenStatus status) {
    return new TokenFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.of(status),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void saysThatItIsUnavailableWhenItIs() {
    breakDown();
    List<CompletionStage<? extends Outcome<?>>> all =
        List.of(
            TestChanges.createPrincipal(registry(), ada),
            registry().principal("ada"),
            registry().principals(Optional.empty(), Optional.empty(), 10),
            TestChanges.createToken(registry(), token, HASH),
            TestChanges.details(registry(), TestTokens.ID),
            registry().tokens(ALL, Optional.empty(), 10),
            TestChanges.revoke(registry(), TestTokens.ID, NOW));
    assertThat(all)
        .allSatisfy(
            stage ->
                assertThat((Object) stage.toCompletableFuture().join())
                    .isInstanceOf(Outcome.Unavailable.class));
  }
}
