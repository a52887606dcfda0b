package dev.portcullis.gateway.token;

import static dev.portcullis.gateway.token.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link TokenStore} does. */
public abstract class TokenStoreContract {
  private static final TokenHash HASH = new TokenHash("p1:" + "a".repeat(64));
  private static final TokenHash OTHER = new TokenHash("p2:" + "b".repeat(64));
  private static final TokenHash IMPORTED = new TokenHash("sha256:" + "c".repeat(64));

  /** The store, the same throughout a test. */
  protected abstract TokenStore store();

  /** Puts this token there, under this hash; its principal is there already. */
  protected abstract void given(TokenHash hash, Token token);

  /** Puts this principal there. */
  protected abstract void given(Principal principal);

  /** Makes the store fail to answer. */
  protected abstract void breakDown();

  @Test
  void findsATokenByItsHash() {
    given(TestPrincipals.user());
    given(HASH, TestTokens.active());
    assertThat(found(store().token(HASH))).isEqualTo(TestTokens.active());
  }

  @Test
  void findsATokenByItsImportedHash() {
    given(TestPrincipals.user());
    given(IMPORTED, TestTokens.active());
    assertThat(found(store().token(IMPORTED))).isEqualTo(TestTokens.active());
  }

  @Test
  void findsAllThatDecidesOverARequest() {
    given(TestPrincipals.user());
    Token token =
        new Token(
            TestTokens.ID,
            "ada",
            TokenKind.ACCESS_KEY,
            TestTokens.withScopes("dataset/logs/ingest:create", "role:reader").scopes(),
            Optional.of(Instant.parse("2026-03-01T00:00:00.123Z")),
            Optional.of(Instant.parse("2026-02-01T00:00:00Z")),
            TestTokens.allowedFrom("10.0.0.0/8", "2001:db8::/32").allowedAddresses(),
            TestTokens.limits("10 per second leased", "5000 per day"),
            "the-first",
            Optional.of(
                new Parent(
                    "its-key",
                    List.of(
                        new TokenHash("p1:" + "ab".repeat(32)),
                        new TokenHash("p2:" + "cd".repeat(32))))));
    given(HASH, token);
    assertThat(found(store().token(HASH))).isEqualTo(token);
  }

  @Test
  void knowsNoTokenThatIsNotThere() {
    assertThat(Answers.of(store().token(HASH))).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void findsAPrincipalById() {
    given(TestPrincipals.inOrganization("acme"));
    assertThat(found(store().principal("ada"))).isEqualTo(TestPrincipals.inOrganization("acme"));
  }

  @Test
  void findsADisabledPrincipal() {
    given(TestPrincipals.disabled());
    assertThat(found(store().principal("ada"))).isEqualTo(TestPrincipals.disabled());
  }

  @Test
  void knowsNoPrincipalThatIsNotThere() {
    assertThat(Answers.of(store().principal("ada"))).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void saysThatItIsUnavailableWhenItIs() {
    given(TestPrincipals.user());
    breakDown();
    assertThat(Answers.of(store().token(HASH))).isInstanceOf(Lookup.Unavailable.class);
    assertThat(Answers.of(store().principal("ada"))).isInstanceOf(Lookup.Unavailable.class);
  }

  @Test
  void movesATokenToAnotherHash() {
    given(TestPrincipals.user());
    given(HASH, TestTokens.active());
    Answers.of(store().rehash(HASH, OTHER));
    assertThat(found(store().token(OTHER))).isEqualTo(TestTokens.active());
    assertThat(Answers.of(store().token(HASH))).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void movesNothingOverAnotherToken() {
    given(TestPrincipals.user());
    Token first = TestTokens.activeOf(TestPrincipals.user());
    given(HASH, first);
    given(OTHER, TestTokens.active());
    Answers.of(store().rehash(HASH, OTHER));
    assertThat(found(store().token(HASH))).isEqualTo(first);
    assertThat(found(store().token(OTHER))).isEqualTo(TestTokens.active());
  }

  @Test
  void movesNothingThatIsNotThere() {
    Answers.of(store().rehash(HASH, OTHER));
    assertThat(Answers.of(store().token(OTHER))).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void doesNotFailToMoveWhenItIsUnavailable() {
    breakDown();
    Answers.of(store().rehash(HASH, OTHER));
  }
}
