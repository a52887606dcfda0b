package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.limit.Standing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.LimitSet;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which limits hold for a request, whose requests each counts, and what comes of it. */
class LimitStepTest extends ChainKit {
  private AuthChain chain = chain(store);

  @BeforeEach
  void follow() {
    given(TestTokens.active(), TestPrincipals.user());
  }

  /** Routes of which each has this limit, of an API with that one. */
  private void limited(String ofRoute, String ofApi) {
    policy =
        """
        api: logs
        upstream: http://127.0.0.1:9000
        credentials: [bearer]
        limits: [%s]
        routes:
          - {match: GET /any, scopes: [], limit: %s}
          - {match: GET /other, scopes: [], limit: %s}
          - {match: GET /third, scopes: []}
          - {match: GET /open, public: true}
        """
            .formatted(ofApi, ofRoute, ofRoute);
    chain = chain(store);
  }

  private Decision ask(TestRequests request) {
    CompletionStage<Decision> stage = decide(request, chain);
    assertThat(stage).isCompleted();
    return stage.toCompletableFuture().join();
  }

  private Decision ask(String path) {
    return ask(bearer(path));
  }

  @Test
  void countsARoutesRequestsForItAloneAndAnApisForAll() {
    limited("2 per hour", "5 per hour per principal");
    assertThat(ask("/any")).isInstanceOf(Allowed.class);
    assertThat(ask("/any")).isInstanceOf(Allowed.class);
    assertThat(reason(ask("/any"))).isEqualTo(Reason.RATE_LIMITED);
    assertThat(ask("/other")).isInstanceOf(Allowed.class);
    assertThat(ask("/other")).isInstanceOf(Allowed.class);
    assertThat(ask("/third")).as("the principal's last").isInstanceOf(Allowed.class);
    assertThat(ask("/third").limits().standing().orElseThrow().limit().name())
        .isEqualTo("api-principal-hour");
  }

  @Test
  void countsARequestForWhatItsRouteCosts() {
    policy = POLICY.replace("/any\n", "/any\n    cost: 4\n    limit: 10 per hour\n");
    chain = chain(store);
    assertThat(ask("/any").limits().standing().orElseThrow().remaining()).isEqualTo(6);
  }

  @Test
  void saysWhichLimitRefusesHowLongToWaitAndWhoseTokenItWas() {
    limited("1 per day", "50 per hour");
    ask("/any");
    Denied denied = (Denied) ask("/any");
    assertThat(denied.reason()).isEqualTo(Reason.QUOTA_EXHAUSTED);
    assertThat(denied.tokenId()).contains(TestTokens.ID);
    assertThat(denied.retryAfter()).contains(Duration.ofHours(12));
    assertThat(denied.limits().sets().stream().map(LimitSet::id))
        .containsExactly("logs:GET /any|token|1/day", "logs:|token|50/hour");
  }

  @Test
  void countsATokenUnderTheOneThatItWasRegeneratedFrom() {
    limited("2 per hour", "50 per hour");
    Token old = TestTokens.active();
    ask("/any");
    given(
        new Token(
            "next",
            old.principalId(),
            old.kind(),
            old.scopes(),
            old.expiresAt(),
            old.revokedAt(),
            old.allowedAddresses(),
            old.limits(),
            old.id(),
            Optional.empty()),
        TestPrincipals.user());
    assertThat(ask("/any")).isInstanceOf(Allowed.class);
    assertThat(reason(ask("/any"))).isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void aTokensOwnLimitsComeFirst() {
    limited("9 per hour per api", "5 per hour per organization");
    Token token = TestTokens.active();
    Limits own = TestTokens.limits("1 per hour");
    given(
        new Token(
            token.id(),
            token.principalId(),
            token.kind(),
            token.scopes(),
            token.expiresAt(),
            token.revokedAt(),
            token.allowedAddresses(),
            own,
            token.id(),
            Optional.empty()),
        TestPrincipals.user());
    Allowed allowed = (Allowed) ask("/any");
    assertThat(allowed.limits().sets().stream().map(set -> set.per().name()))
        .containsExactly("TOKEN", "ORGANIZATION", "API");
    assertThat(((Denied) ask("/other")).limits().standing().map(Standing::limit))
        .contains(own.written().getFirst());
  }

  @Test
  void countsByOrganizationAndWhoHasNoneByItself() {
    limited("1 per hour per organization", "50 per hour");
    Principal tenant = TestPrincipals.inOrganization("acme");
    given(TestTokens.active(), tenant);
    assertThat(ask("/any")).isInstanceOf(Allowed.class);
    assertThat(reason(ask("/any"))).isEqualTo(Reason.RATE_LIMITED);
    given(TestTokens.active(), TestPrincipals.user());
    assertThat(ask("/any")).as("another without an organization").isInstanceOf(Allowed.class);
    given(TestTokens.token("t-bob", "bob"), TestPrincipals.user("bob"));
    assertThat(ask("/any")).isInstanceOf(Allowed.class);
    assertThat(reason(ask("/any"))).isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void countsByNetworkAlsoWithoutCredentials() {
    limited("50 per hour", "{limit: 1 per hour per address}, 1 per hour");
    assertThat(ask(TestRequests.get("/open"))).isInstanceOf(Decision.Open.class);
    assertThat(reason(ask(TestRequests.get("/open")))).isEqualTo(Reason.RATE_LIMITED);
    assertThat(ask(TestRequests.get("/open").from("2001:db8::1")))
        .isInstanceOf(Decision.Open.class);
    assertThat(reason(ask(TestRequests.get("/open").from("2001:db8::2"))))
        .isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void countsNothingThatIsRefusedBefore() {
    limited("1 per hour", "50 per hour");
    for (int i = 0; i < 5; i++) {
      assertThat(reason(ask(TestRequests.get("/any")))).isEqualTo(Reason.CREDENTIALS_MISSING);
      assertThat(reason(ask(bearer("/any").with("Email", "x@y.z"))))
          .isEqualTo(Reason.EMAIL_MISMATCH);
    }
    assertThat(ask("/any")).isInstanceOf(Allowed.class);
  }

  @Test
  void anOutageIsOneOfTheStoreUnlessTheLimitLetsPass() {
    limited("1 per hour", "50 per hour");
    buckets.breakDown();
    Denied denied = (Denied) ask("/any");
    assertThat(denied.reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
    assertThat(denied.retryAfter()).isPresent();
    assertThat(denied.tokenId()).contains(TestTokens.ID);
    String lenient = "{limit: 1 per hour, on-outage: allow}";
    limited(lenient, "{limit: 1 per hour per api, on-outage: allow}");
    for (int i = 0; i < 3; i++) {
      assertThat(ask("/any").limits().uncounted()).isTrue();
    }
  }

  @Test
  void waitsForTokenAndCountTogetherNoLongerThanItsPatience() {
    limited("1 per hour", "50 per hour");
    buckets.hold();
    assertThat(decide(bearer("/any"), chain))
        .succeedsWithin(Duration.ofSeconds(10))
        .matches(decision -> reason(decision) == Reason.STORE_UNAVAILABLE);
  }

  @Test
  void explainsThatARequestThatCostsNothingIsNotCounted() {
    policy = POLICY.replace("/any\n", "/any\n    cost: 0\n    limit: 10 per hour\n");
    RequestHead head = bearer("/any").head();
    assertThat(chain(store).explain(head, match(head)))
        .isCompletedWithValueMatching(it -> it.steps().getLast().detail().equals("no limit holds"));
  }

  @Test
  void explainsWithoutCounting() {
    limited("1 per hour", "50 per hour");
    for (int i = 0; i < 3; i++) {
      RequestHead head = bearer("/any").head();
      Explanation explanation = chain.explain(head, match(head)).toCompletableFuture().join();
      assertThat(explanation.decision()).isInstanceOf(Allowed.class);
      assertThat(explanation.steps().getLast().detail())
          .isEqualTo(
              "counted by route-token-hour (1 per hour), api-token-hour (50 per hour);"
                  + " 1 left of route-token-hour");
    }
    ask("/any");
    Optional<Reason> reason =
        chain
            .explain(
                TestTokens.active(),
                TestPrincipals.user(),
                bearer("/any").head(),
                match(bearer("/any").head()))
            .toCompletableFuture()
            .join()
            .steps()
            .getLast()
            .reason();
    assertThat(reason).contains(Reason.RATE_LIMITED);
  }
}
