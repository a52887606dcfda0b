package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Explanation.Outcome;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Reason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** How the chain tells of its steps. */
class ExplanationTest extends ExplanationKit {

  @Test
  void tellsEveryStepOfARequestThatIsAllowed() {
    given(TestTokens.active(), TestPrincipals.user());
    Explanation explanation = explain(bearer("/datasets/logs/ingest"));
    assertThat(explanation.decision())
        .isEqualTo(new Allowed(TestTokens.active(), TestPrincipals.user(), LimitReport.NONE));
    assertThat(namesOf(explanation)).isEqualTo(STEPS);
    assertThat(outcomesOf(explanation)).containsOnly(Outcome.PASSED);
    assertThat(detail("channel", explanation)).isEqualTo("plain HTTP");
    assertThat(detail("extract", explanation)).isEqualTo("found in header Authorization (Bearer)");
    assertThat(detail("verify", explanation))
        .isEqualTo("token " + TestTokens.ID + " of principal ada");
    assertThat(detail("expired", explanation)).isEqualTo("never ends");
  }

  @Test
  void hasNoStepForCredentialsOnAPublicRoute() {
    assertThat(namesOf(explain(TestRequests.get("/open"))))
        .containsExactly("channel", "public", "limit");
    policy = POLICY + "tls: required\n";
    assertThat(outcomesOf(explain(TestRequests.get("/open"))))
        .containsExactly(Outcome.REFUSED, Outcome.SKIPPED, Outcome.SKIPPED);
  }

  @Test
  void saysWhyARequestDoesNotGetAsFarAsTheChecks() {
    assertRefusedAt(
        "extract",
        Reason.CREDENTIALS_MISSING,
        "nothing in header Authorization (Bearer)",
        explain(TestRequests.get("/any")));
    assertRefusedAt(
        "extract",
        Reason.CREDENTIALS_AMBIGUOUS,
        "twice",
        explain(bearer("/any").with("Authorization", "Bearer x")));
    assertRefusedAt("verify", Reason.TOKEN_UNKNOWN, "no such token", explain(bearer("/any")));
    store.switchOff();
    assertRefusedAt("verify", Reason.STORE_UNAVAILABLE, "switched off", explain(bearer("/any")));
    policy = POLICY.replace("email: optional", "email: required");
    assertRefusedAt("extract", Reason.EMAIL_MISSING, "header Email", explain(bearer("/any")));
    policy = POLICY + "tls: required\n";
    assertRefusedAt(
        "channel", Reason.INSECURE_CHANNEL, "the policy requires TLS", explain(bearer("/any")));
  }

  @Test
  void takesWhatTheRequestLeavesUnsaidOfANamedTokensOwnerForRight() {
    policy = POLICY.replace("email: optional", "email: required");
    assertThat(
            explain(
                    TestTokens.personal(),
                    TestPrincipals.inOrganization("acme"),
                    TestRequests.get("/any"))
                .decision())
        .isInstanceOf(Allowed.class);
  }

  @Test
  void refusesAnAccessKeyThatIsNamedByItsId() {
    assertRefusedAt(
        "verify",
        Reason.TOKEN_UNKNOWN,
        "exchanged",
        explain(TestTokens.accessKey(), TestPrincipals.user(), TestRequests.get("/any")));
  }

  @Test
  void showsNoSecret() {
    given(TestTokens.revoked(), TestPrincipals.user());
    policy = POLICY.replace("[bearer]", "[bearer, {query: tk}, {cookie: c}, {header: apikey}]");
    String secret = minted.secret().reveal();
    for (TestRequests request :
        List.of(
            bearer("/any"),
            TestRequests.get("/any?tk=" + secret),
            TestRequests.get("/any").with("Cookie", "c=" + secret),
            TestRequests.get("/any").with("apikey", secret),
            bearer("/any").with("apikey", secret),
            TestRequests.get("/any").with("apikey", secret + "\u00e9"))) {
      assertThat(explain(request).toString()).doesNotContain(secret);
    }
    assertThat(detail("extract", explain(TestRequests.get("/any?tk=" + secret))))
        .isEqualTo("found in query parameter tk");
  }

  @Test
  void writesNothing() {
    given(TestTokens.active(), TestPrincipals.user());
    AuthChain rotated =
        chain(new PepperRing(TestTokens.pepper("p2"), List.of(TestTokens.pepper("p1"))), store);
    RequestHead head = bearer("/any").head();
    assertThat(rotated.explain(head, match(head)))
        .isCompletedWithValueMatching(it -> it.decision() instanceof Allowed);
    assertThat(decide(bearer("/any"))).as("under its first hash").isInstanceOf(Allowed.class);
  }

  @Test
  void tellsOfAnUnexpectedFailureAndNeverFails() {
    given(TestTokens.active(), TestPrincipals.user());
    TokenStore failing =
        new StoreView(store) {
          @Override
          public CompletionStage<Lookup<Principal>> principal(String id) {
            return CompletableFuture.failedStage(new IllegalStateException("broken"));
          }
        };
    RequestHead head = bearer("/any").head();
    assertThat(chain(failing).explain(head, match(head)))
        .isCompletedWithValueMatching(
            it ->
                it.decision() instanceof Denied denied
                    && denied.reason() == Reason.INTERNAL
                    && it.steps().get(2).outcome() == Outcome.REFUSED);
  }

  @Test
  void tellsOfAnUnexpectedFailureWithATokenNamedByItsIdToo() {
    RequestHead sound = TestRequests.get("/any").head();
    RequestHead broken =
        new RequestHead(
            sound.method(),
            sound.path(),
            sound.query(),
            name -> {
              throw new IllegalStateException("broken");
            },
            sound.client(),
            sound.transport());
    assertThat(
            chain(store).explain(TestTokens.active(), TestPrincipals.user(), broken, match(sound)))
        .isCompletedWithValueMatching(it -> reason(it.decision()) == Reason.INTERNAL);
  }
}
