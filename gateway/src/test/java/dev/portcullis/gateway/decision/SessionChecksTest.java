package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.policy.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session is good as long and as far as its access key is. */
class SessionChecksTest extends ChainKit {
  private static final TokenHash HERE = new TokenHash("p1:" + "a".repeat(64));
  private static final TokenHash THERE = new TokenHash("p2:" + "a".repeat(64));

  private final Token key = TestTokens.accessKey("the-key", "*:*");
  private final Token session = TestTokens.sessionOf(key, List.of(HERE, THERE), "*:*");

  @BeforeEach
  void create() {
    given(session, TestPrincipals.user());
    store.with(HERE, key);
  }

  @Test
  void isGoodWhereNothingBoundsIt() {
    assertThat(decide(bearer("/any")))
        .isInstanceOfSatisfying(
            Allowed.class, allowed -> assertThat(allowed.token()).isEqualTo(session));
  }

  @Test
  void isFoundByThreeReads() {
    decide(bearer("/any"));
    assertThat(store.reads()).isEqualTo(3);
  }

  @Test
  void endsWithItsAccessKeysRevocation() {
    store.with(HERE, key.revokedAt(NOW));
    assertDenied(bearer("/any"), Reason.TOKEN_REVOKED);
  }

  @Test
  void endsWithItsAccessKey() {
    store.with(HERE, key.expiringAt(Optional.of(NOW)));
    assertDenied(bearer("/any"), Reason.TOKEN_EXPIRED);
    store.with(HERE, key.expiringAt(Optional.of(NOW.plusMillis(1))));
    assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
  }

  @Test
  void endsByItselfWhateverBecomesOfItsAccessKey() {
    given(session.expiringAt(Optional.of(NOW)), TestPrincipals.user());
    assertDenied(bearer("/any"), Reason.TOKEN_EXPIRED);
  }

  @Test
  void isRevokedWhereItsAccessKeyIsNotThere() {
    store.rehash(HERE, new TokenHash("p3:" + "a".repeat(64)));
    assertDenied(bearer("/any"), Reason.TOKEN_REVOKED);
  }

  @Test
  void isRevokedWhereItsAccessKeyCannotBeRead() {
    store.withUnreadable(HERE, "field v is 9");
    assertDenied(bearer("/any"), Reason.TOKEN_REVOKED);
  }

  @Test
  void isRevokedWithoutAnAccessKey() {
    given(TestTokens.sessionOf(key, List.of(), "*:*"), TestPrincipals.user());
    assertDenied(bearer("/any"), Reason.TOKEN_REVOKED);
  }

  @Test
  void findsItsAccessKeyWhereItMovedTo() {
    store.rehash(HERE, THERE);
    assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
    store.with(THERE, key.revokedAt(NOW));
    assertDenied(bearer("/any"), Reason.TOKEN_REVOKED);
  }

  @Test
  void isGoodForNoMoreThanItsAccessKeyOnAnyRoute() {
    store.with(HERE, TestTokens.accessKey("the-key", "role:reader"));
    given(TestTokens.sessionOf(key, List.of(HERE), "dataset/x:read"), TestPrincipals.user());
    assertThat(decide(bearer("/roles/x"))).isInstanceOf(Allowed.class);
    policy = POLICY.replace("reader: [\"dataset/*:read\"]", "reader: [\"dataset/y:read\"]");
    assertDenied(bearer("/roles/x"), Reason.SCOPE_INSUFFICIENT);
  }

  @Test
  void isUnknownToNobodyWhileItsAccessKeyCannotBeHad() {
    StoreView withoutKey =
        new StoreView(store) {
          @Override
          public CompletionStage<Lookup<Token>> token(TokenHash hash) {
            return hash.equals(HERE)
                ? CompletableFuture.completedStage(new Lookup.Unavailable<>("gone"))
                : super.token(hash);
          }
        };
    assertThat(decide(bearer("/any"), chain(withoutKey)))
        .isCompletedWithValueMatching(it -> reason(it) == Reason.STORE_UNAVAILABLE);
  }

  @Test
  void isNotMovedToAnotherHash() {
    given(session, TestPrincipals.user());
    PepperRing rotated = new PepperRing(TestTokens.pepper("p2"), List.of(TestTokens.pepper("p1")));
    assertThat(decide(bearer("/any"), chain(rotated, store)))
        .isCompletedWithValueMatching(Allowed.class::isInstance);
    assertThat(decide(bearer("/any"))).isInstanceOf(Allowed.class);
  }

  @Test
  void isRevokedWhereAnotherTokenIsInThePlaceOfItsAccessKey() {
    store.with(HERE, TestTokens.accessKey("another-key", "*:*"));
    assertDenied(bearer("/any"), Reason.TOKEN_REVOKED);
    store.with(HERE, TestTokens.token("the-key", "alice"));
    assertDenied(bearer("/any"), Reason.TOKEN_REVOKED);
  }
}
