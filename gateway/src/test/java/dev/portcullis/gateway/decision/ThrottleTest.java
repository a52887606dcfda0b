package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of clients whose authentications failed too often. */
class ThrottleTest extends ChainKit {
  private AuthChain chain = chain(store);

  @BeforeEach
  void letThreeFail() {
    failures = Optional.of(Limit.parse("3 per minute"));
    chain = chain(store);
    given(TestTokens.active(), TestPrincipals.user());
  }

  private Decision ask(TestRequests request) {
    CompletionStage<Decision> stage = decide(request, chain);
    assertThat(stage).isCompleted();
    return stage.toCompletableFuture().join();
  }

  private static TestRequests guess(String secret) {
    return TestRequests.get("/any").with("Authorization", "Bearer " + secret);
  }

  private void failThreeTimes() {
    for (int i = 0; i < 3; i++) {
      assertThat(reason(ask(guess("pc_guess" + i)))).isEqualTo(Reason.TOKEN_UNKNOWN);
    }
  }

  /** The store, of which that is remembered. */
  private TokenStore remembering(TokenStore remembered) {
    return new StoreView(store) {
      @Override
      public TokenStore remembered() {
        return remembered;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"pc_guess", "a b", "pc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void refusesWhoFailedTooOftenAndSaysForHowLong(String secret) {
    failThreeTimes();
    Denied denied = (Denied) ask(guess(secret));
    assertThat(denied.reason()).isEqualTo(Reason.TOO_MANY_FAILURES);
    assertThat(denied.retryAfter()).contains(Duration.ofSeconds(20));
    assertThat(store.reads()).isZero();
  }

  @Test
  void readsNothingFromTheStoreForWhoFailedTooOften() {
    failThreeTimes();
    assertThat(reason(ask(bearer("/any")))).isEqualTo(Reason.TOO_MANY_FAILURES);
    assertThat(store.reads()).isZero();
    assertThat(ask(bearer("/any").from("192.0.2.8"))).isInstanceOf(Allowed.class);
  }

  @Test
  void letsAKnownTokenPassFromAThrottledNetwork() {
    chain = chain(remembering(store));
    failThreeTimes();
    assertThat(ask(bearer("/any"))).isInstanceOf(Allowed.class);
    assertThat(reason(ask(guess("pc_guess")))).isEqualTo(Reason.TOO_MANY_FAILURES);
  }

  @Test
  void doesNotLetTheOwnerOfAKnownTokenBeGuessed() {
    chain = chain(remembering(store));
    for (int i = 0; i < 3; i++) {
      assertThat(reason(ask(bearer("/any").with("Email", i + "@example.org"))))
          .isEqualTo(Reason.EMAIL_MISMATCH);
    }
    assertThat(reason(ask(bearer("/any").with("Email", "ada@example.org"))))
        .as("the right one, too")
        .isEqualTo(Reason.TOO_MANY_FAILURES);
    ticker.advance(Duration.ofSeconds(20));
    assertThat(ask(bearer("/any"))).isInstanceOf(Allowed.class);
  }

  @Test
  void countsNeitherMissingCredentialsNorARefusalOfAGoodToken() {
    given(TestTokens.withScopes("other:read"), TestPrincipals.user());
    for (int i = 0; i < 20; i++) {
      assertThat(reason(ask(TestRequests.get("/any")))).isEqualTo(Reason.CREDENTIALS_MISSING);
      assertThat(reason(ask(bearer("/datasets/x")))).isEqualTo(Reason.SCOPE_INSUFFICIENT);
    }
    assertThat(ask(bearer("/any"))).isInstanceOf(Allowed.class);
  }

  @Test
  void challengesAThrottledClientThatShowsNothing() {
    failThreeTimes();
    assertThat(reason(ask(TestRequests.get("/any")))).isEqualTo(Reason.CREDENTIALS_MISSING);
    assertThat(ask(TestRequests.get("/open"))).isInstanceOf(Decision.Open.class);
  }

  @Test
  void neitherCountsNorThrottlesQuestionsOfOperators() {
    failThreeTimes();
    RequestHead head = bearer("/any").head();
    assertThat(chain.explain(head, match(head)))
        .isCompletedWithValueMatching(it -> it.decision() instanceof Allowed);
  }

  @Test
  void holdsNothingAgainstATokenWhosePrincipalIsNotRemembered() {
    boolean[] forgotten = {true};
    TokenStore remembered =
        new StoreView(store) {
          @Override
          public CompletionStage<Lookup<Principal>> principal(String id) {
            return forgotten[0]
                ? CompletableFuture.completedStage(new Lookup.Absent<>())
                : super.principal(id);
          }
        };
    chain = chain(remembering(remembered));
    failThreeTimes();
    for (int i = 0; i < 5; i++) {
      assertThat(reason(ask(bearer("/any")))).isEqualTo(Reason.TOO_MANY_FAILURES);
    }
    forgotten[0] = false;
    assertThat(ask(bearer("/any"))).isInstanceOf(Allowed.class);
  }
}
