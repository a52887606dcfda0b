package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.limit.RateLimiter;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the chain asks those who know tokens of other issuers, and when. */
class ForeignTokensTest extends ChainKit {
  private static final String ISSUERS =
      "issuers: {corp: {issuer: i, audience: a, keys: \"https://i.example.org/keys\"}}\n";
  private static final Principal ALICE = TestPrincipals.user("corp:alice");

  /** Knows one text; has others' keys never, as it were. */
  private static final class Foreign implements ForeignTokens {
    private Token token = TestTokens.token("corp:1", ALICE.id());
    private boolean remembered;
    private boolean silent;

    @Override
    public Optional<CompletionStage<Verification>> verify(SecretText text, Policy policy) {
      if (!text.reveal().equals("a.b.c")) {
        return Optional.empty();
      }
      return Optional.of(
          silent
              ? new CompletableFuture<>()
              : CompletableFuture.completedStage(new Verification.Known(token, ALICE)));
    }

    @Override
    public ForeignTokens remembered() {
      return remembered ? this : NONE;
    }
  }

  private final Foreign issuer = new Foreign();

  @BeforeEach
  void trustAnIssuer() {
    policy = POLICY + ISSUERS;
  }

  private AuthChain trusting() {
    return new AuthChain(
        new TokenSources(peppers, store, issuer),
        new RateLimiter(buckets, 100, ticker),
        new FailureThrottle(failures, 100, ticker),
        ExposedTokens.IGNORED,
        PATIENCE,
        () -> NOW,
        ticker::read);
  }

  private static TestRequests jwt() {
    return TestRequests.get("/any").with("Authorization", "Bearer a.b.c");
  }

  @Test
  void takesATokenWithoutAReadOfTheStore() {
    assertThat(decide(jwt(), trusting()))
        .isCompletedWithValueMatching(
            it -> it instanceof Allowed allowed && allowed.principal().equals(ALICE));
    assertThat(store.reads()).isZero();
  }

  @Test
  void leavesOtherTextsToTheStore() {
    given(TestTokens.active(), TestPrincipals.user());
    assertThat(decide(bearer("/any"), trusting()))
        .isCompletedWithValueMatching(
            it -> it instanceof Allowed allowed && allowed.principal().id().equals("ada"));
  }

  @Test
  void asksNobodyWhereThePolicyTrustsNobody() {
    policy = POLICY;
    assertThat(decide(jwt(), trusting()))
        .isCompletedWithValueMatching(it -> reason(it) == Reason.TOKEN_UNKNOWN);
  }

  @Test
  void judgesAKnownTokenAnewAtEachRequest() {
    issuer.token = issuer.token.expiringAt(Optional.of(NOW));
    assertThat(decide(jwt(), trusting()))
        .isCompletedWithValueMatching(it -> reason(it) == Reason.TOKEN_EXPIRED);
    issuer.token = issuer.token.expiringAt(Optional.of(NOW.plusNanos(1)));
    assertThat(decide(jwt(), trusting())).isCompletedWithValueMatching(Allowed.class::isInstance);
  }

  @Test
  void waitsForKeysNoLongerThanForTheStore() {
    issuer.silent = true;
    assertThat(decide(jwt(), trusting()))
        .succeedsWithin(Duration.ofSeconds(10))
        .satisfies(it -> assertThat(reason(it)).isEqualTo(Reason.STORE_UNAVAILABLE));
  }

  @Test
  void takesOnlyWhatIsRememberedFromWhoFailedTooOften() {
    failures = Optional.of(Limit.parse("1 per minute"));
    AuthChain chain = trusting();
    TestRequests guess = TestRequests.get("/any").with("Authorization", "Bearer pc_guess");
    assertThat(decide(guess, chain)).isCompletedWithValueMatching(Denied.class::isInstance);
    assertThat(decide(jwt(), chain))
        .isCompletedWithValueMatching(it -> reason(it) == Reason.TOO_MANY_FAILURES);
    issuer.remembered = true;
    failures = Optional.of(Limit.parse("1 per minute"));
    AuthChain remembering = trusting();
    assertThat(decide(guess, remembering)).isCompletedWithValueMatching(Denied.class::isInstance);
    assertThat(decide(jwt(), remembering)).isCompletedWithValueMatching(Allowed.class::isInstance);
  }
}
