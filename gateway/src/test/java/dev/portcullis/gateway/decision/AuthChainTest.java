package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Decision.Open;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What the chain asks for, in which order, and what comes of a failure. */
class AuthChainTest extends ChainKit {

  @Test
  void allowsAnActiveTokenOfItsPrincipal() {
    given(TestTokens.active(), TestPrincipals.user());
    assertThat(decide(bearer("/any")))
        .isEqualTo(new Allowed(TestTokens.active(), TestPrincipals.user(), LimitReport.NONE));
  }

  @Test
  void asksNobodyOnAPublicRoute() {
    assertThat(decide(TestRequests.get("/open"))).isEqualTo(new Open(LimitReport.NONE));
    assertThat(store.reads()).isZero();
  }

  @Test
  void deniesARequestWithoutCredentials() {
    assertDenied(TestRequests.get("/any"), Reason.CREDENTIALS_MISSING);
  }

  @Test
  void deniesAmbiguousAndMalformedCredentials() {
    assertDenied(bearer("/any").with("Authorization", "Bearer x"), Reason.CREDENTIALS_AMBIGUOUS);
    assertDenied(
        TestRequests.get("/any").with("Authorization", "Bearer a b"), Reason.CREDENTIALS_MALFORMED);
  }

  @Test
  void refusesPlainHttpBeforeItLooksAtTheCredentialsWhereThePolicyWantsTls() {
    given(TestTokens.active(), TestPrincipals.user());
    policy = POLICY + "tls: required\n";
    assertDenied(bearer("/any"), Reason.INSECURE_CHANNEL);
    assertDenied(TestRequests.get("/any"), Reason.INSECURE_CHANNEL);
    assertThat(store.reads()).isZero();
    assertThat(decide(bearer("/any").overTls())).isInstanceOf(Allowed.class);
  }

  @Test
  void refusesAfterAnUnexpectedFailureOfAnyPart() {
    TokenStore throwing =
        new StoreView(store) {
          @Override
          public CompletionStage<Lookup<Token>> token(TokenHash hash) {
            throw new IllegalStateException("broken");
          }
        };
    TokenStore failing =
        new StoreView(store) {
          @Override
          public CompletionStage<Lookup<Principal>> principal(String id) {
            return CompletableFuture.failedStage(new IllegalStateException("broken"));
          }
        };
    given(TestTokens.active(), TestPrincipals.user());
    for (TokenStore broken : List.of(throwing, failing)) {
      assertThat(decide(bearer("/any"), chain(broken)))
          .isCompletedWithValueMatching(decision -> reason(decision) == Reason.INTERNAL);
    }
  }

  @Test
  void doesNotWaitForWhatItLooksUpOfACredentialSentOverPlainHttp() {
    List<TokenHash> asked = new CopyOnWriteArrayList<>();
    TokenStore silent =
        new StoreView(store) {
          @Override
          public CompletionStage<Lookup<Token>> token(TokenHash hash) {
            asked.add(hash);
            return new CompletableFuture<>();
          }
        };
    policy = POLICY + "tls: revoking\n";
    assertThat(decide(bearer("/any"), chain(silent)))
        .isCompletedWithValueMatching(
            decision -> decision.equals(Denied.because(Reason.INSECURE_CHANNEL)));
    await().untilAsserted(() -> assertThat(asked).containsExactly(minted.hash()));
  }

  @Test
  void tellsOfAGoodTokenSentOverPlainHttpButNotOfOneInAnExplainedRequest() {
    List<String> told = new CopyOnWriteArrayList<>();
    exposed = (token, hashes, api, from) -> told.add(token.id());
    given(TestTokens.active(), TestPrincipals.user());
    policy = POLICY + "tls: revoking\n";
    RequestHead head = bearer("/any").head();
    AuthChain chain = chain(store);
    assertThat(chain.explain(head, match(head)))
        .isCompletedWithValueMatching(it -> reason(it.decision()) == Reason.INSECURE_CHANNEL);
    assertThat(chain.explain(TestTokens.active(), TestPrincipals.user(), head, match(head)))
        .isCompletedWithValueMatching(it -> reason(it.decision()) == Reason.INSECURE_CHANNEL);
    assertThat(store.reads()).isZero();
    assertThat(decide(bearer("/any"), chain)).isCompleted();
    await()
        .during(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(told).containsExactly(TestTokens.ID));
  }
}
