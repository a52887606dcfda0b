package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Which token a secret is, as far as the store can tell in time. */
class TokenVerifierTest extends ChainKit {

  @Test
  void deniesAnUnknownTokenAndAForgedOneWithoutARead() {
    assertDenied(bearer("/any"), Reason.TOKEN_UNKNOWN);
    assertThat(store.reads()).isEqualTo(1);
    String forged = minted.secret().reveal().replaceFirst(".$", "!").replace('!', 'a');
    for (String text : List.of(forged + "abc", forged.substring(1), "pc_x", minted.hash().text())) {
      assertDenied(
          TestRequests.get("/any").with("Authorization", "Bearer " + text), Reason.TOKEN_UNKNOWN);
    }
    assertThat(store.reads()).isEqualTo(1);
  }

  @Test
  void tellsAnOutageFromAnUnknownToken() {
    given(TestTokens.active(), TestPrincipals.user());
    store.switchOff();
    assertThat(decide(bearer("/any")))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
              assertThat(denied.retryAfter()).contains(Duration.ofSeconds(1));
            });
  }

  @Test
  void waitsForAllReadsTogetherNoLongerThanForOne() {
    given(TestTokens.active(), TestPrincipals.user());
    TokenStore silentAboutPrincipals =
        new StoreView(store) {
          @Override
          public CompletionStage<Lookup<Principal>> principal(String id) {
            return new CompletableFuture<>();
          }
        };
    assertThat(decide(bearer("/any"), chain(silentAboutPrincipals)))
        .succeedsWithin(Duration.ofSeconds(10))
        .satisfies(decision -> assertThat(reason(decision)).isEqualTo(Reason.STORE_UNAVAILABLE));
  }

  @Test
  void deniesATokenWhoseRecordCannotBeRead() {
    store.withUnreadable(minted.hash(), "field 'v' is 9");
    assertDenied(bearer("/any"), Reason.TOKEN_UNKNOWN);
  }

  @Test
  void verifiesUnderAnEarlierPepperAndMovesTheHashToTheCurrentOne() {
    given(TestTokens.active(), TestPrincipals.user());
    PepperRing rotated = new PepperRing(TestTokens.pepper("p2"), List.of(TestTokens.pepper("p1")));
    for (int i = 0; i < 2; i++) {
      assertThat(decide(bearer("/any"), chain(rotated, store)))
          .isCompletedWithValueMatching(Allowed.class::isInstance);
    }
    assertDenied(bearer("/any"), Reason.TOKEN_UNKNOWN);
  }

  @Test
  void takesAnImportedTokenOnlyWhereThePolicySaysSo() {
    SecretText foreign = SecretText.of("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    TokenHash sha256 = peppers.candidates(foreign, true).getLast();
    store.with(TestPrincipals.user()).with(sha256, TestTokens.active());
    TestRequests request =
        TestRequests.get("/any").with("Authorization", "Bearer " + foreign.reveal());
    assertDenied(request, Reason.TOKEN_UNKNOWN);
    policy = POLICY + "imported-tokens: true\n";
    assertThat(decide(request)).isInstanceOf(Allowed.class);
  }

  @Test
  void deniesAnAccessKeyAsIfThereWereNone() {
    given(TestTokens.accessKey(), TestPrincipals.user());
    assertThat(decide(bearer("/any")))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Reason.TOKEN_UNKNOWN);
              assertThat(denied.detail()).contains("exchanged");
            });
  }

  @Test
  void movesAHashToTheCurrentPepperInOneStepAndNoneThatIsThere() {
    given(TestTokens.active(), TestPrincipals.user());
    List<TokenHash> moved = new ArrayList<>();
    TokenStore watched =
        new StoreView(store) {
          @Override
          public CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
            moved.add(to);
            return super.rehash(from, to);
          }
        };
    AuthChain chain = chain(threePeppers(), watched);
    for (int i = 0; i < 2; i++) {
      assertThat(decide(bearer("/any"), chain))
          .isCompletedWithValueMatching(Allowed.class::isInstance);
    }
    assertThat(moved).containsExactly(candidates().getFirst());
  }

  @Test
  void findsATokenThatAnotherGatewayMovesBetweenTwoReads() {
    given(TestTokens.active(), TestPrincipals.user());
    TokenStore movedMeanwhile =
        new StoreView(store) {
          @Override
          public CompletionStage<Lookup<Token>> token(TokenHash hash) {
            CompletionStage<Lookup<Token>> read = super.token(hash);
            super.rehash(candidates().getLast(), candidates().getFirst());
            return read;
          }
        };
    assertThat(decide(bearer("/any"), chain(threePeppers(), movedMeanwhile)))
        .isCompletedWithValueMatching(Allowed.class::isInstance);
  }

  @Test
  void asksNoFurtherAfterAnOutageOrARecordThatCannotBeRead() {
    given(TestTokens.active(), TestPrincipals.user());
    AuthChain chain = chain(threePeppers(), store);
    store.switchOff();
    assertThat(decide(bearer("/any"), chain))
        .isCompletedWithValueMatching(it -> reason(it) == Reason.STORE_UNAVAILABLE);
    assertThat(store.reads()).isEqualTo(1);
    store.switchOn();
    store.withUnreadable(candidates().getFirst(), "field 'v' is 9");
    assertThat(decide(bearer("/any"), chain))
        .isCompletedWithValueMatching(it -> reason(it) == Reason.TOKEN_UNKNOWN);
  }

  private static PepperRing threePeppers() {
    return new PepperRing(
        TestTokens.pepper("p3"), List.of(TestTokens.pepper("p2"), TestTokens.pepper("p1")));
  }

  private List<TokenHash> candidates() {
    return threePeppers().candidates(minted.secret(), false);
  }

  @Test
  void tellsAPrincipalThatCannotBeReadFromOneThatIsOutOfReach() {
    given(TestTokens.active(), TestPrincipals.user());
    assertThat(decide(bearer("/any"), withPrincipal(new Lookup.Unreadable<>("field 'v' is 9"))))
        .isCompletedWithValueMatching(it -> reason(it) == Reason.PRINCIPAL_DISABLED);
    assertThat(decide(bearer("/any"), withPrincipal(new Lookup.Unavailable<>("gone"))))
        .isCompletedWithValueMatching(it -> reason(it) == Reason.STORE_UNAVAILABLE);
  }

  private AuthChain withPrincipal(Lookup<Principal> lookup) {
    return chain(
        new StoreView(store) {
          @Override
          public CompletionStage<Lookup<Principal>> principal(String id) {
            return CompletableFuture.completedStage(lookup);
          }
        });
  }
}
