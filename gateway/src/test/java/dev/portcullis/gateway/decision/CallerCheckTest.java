package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.limit.RateLimiter;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who calls an endpoint, and what becomes of those who guess. */
class CallerCheckTest extends ChainKit {
  private static final String ID = "the-key";

  private final MintedSecret other = peppers.mint("pcsk_", Salt.fresh());
  private final CallerCheck check =
      new CallerCheck(
          new TokenSources(peppers, store, ForeignTokens.NONE),
          new FailureThrottle(Optional.of(Limit.parse("3 per minute")), 100, ticker),
          new RateLimiter(buckets, 100, ticker),
          PATIENCE,
          () -> NOW);

  @BeforeEach
  void create() {
    given(TestTokens.accessKey(ID, "*:*"), TestPrincipals.user());
    store.with(other.hash(), TestTokens.activeOf(TestPrincipals.user()));
  }

  private Decision client(String id, SecretText secret) {
    return check
        .client(id, secret, false, TestRequests.get("/any").head())
        .toCompletableFuture()
        .join();
  }

  private Decision clientFrom(String address, SecretText secret) {
    return check
        .client(ID, secret, false, TestRequests.get("/any").from(address).head())
        .toCompletableFuture()
        .join();
  }

  private static SecretText guess(int i) {
    return SecretText.of("pcsk_guess" + i);
  }

  @Test
  void knowsAClientByIdAndSecret() {
    assertThat(client(ID, minted.secret())).isInstanceOf(Allowed.class);
    assertThat(reason(client("another", minted.secret()))).isEqualTo(Reason.TOKEN_UNKNOWN);
    assertThat(reason(client(ID, other.secret()))).isEqualTo(Reason.TOKEN_UNKNOWN);
  }

  @Test
  void knowsABearerOfATokenAndNotOfAnAccessKey() {
    var head = TestRequests.get("/any").head();
    assertThat(check.bearer(other.secret(), false, head))
        .isCompletedWithValueMatching(Allowed.class::isInstance);
    assertThat(check.bearer(minted.secret(), false, head))
        .isCompletedWithValueMatching(it -> reason(it) == Reason.TOKEN_UNKNOWN);
  }

  @Test
  void readsNothingForAForgedSecretAndOneTokenForAWrongOne() {
    client(ID, guess(1));
    assertThat(store.reads()).isZero();
    client(ID, peppers.mint("pcsk_", Salt.fresh()).secret());
    assertThat(store.reads()).isEqualTo(1);
  }

  @Test
  void refusesWhoGuessedTooOften() {
    for (int i = 0; i < 3; i++) {
      assertThat(reason(client(ID, guess(i)))).isEqualTo(Reason.TOKEN_UNKNOWN);
    }
    Denied denied = (Denied) client(ID, guess(4));
    assertThat(denied.reason()).isEqualTo(Reason.TOO_MANY_FAILURES);
    assertThat(denied.retryAfter()).contains(Duration.ofSeconds(20));
    assertThat(reason(client(ID, minted.secret()))).isEqualTo(Reason.TOO_MANY_FAILURES);
    assertThat(store.reads()).isZero();
    assertThat(clientFrom("192.0.2.8", minted.secret())).isInstanceOf(Allowed.class);
  }

  @Test
  void countsWrongIdsAndWrongAddressesAsGuesses() {
    given(
        TestTokens.allowedFrom(TestTokens.accessKey(ID, "*:*"), "10.0.0.0/8"),
        TestPrincipals.user());
    for (int i = 0; i < 3; i++) {
      assertThat(reason(client(ID, minted.secret()))).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
    }
    assertThat(reason(client(ID, minted.secret()))).isEqualTo(Reason.TOO_MANY_FAILURES);
    for (int i = 0; i < 3; i++) {
      reason(
          check
              .client("x", minted.secret(), false, TestRequests.get("/any").from("10.0.0.1").head())
              .toCompletableFuture()
              .join());
    }
    assertThat(reason(clientFrom("10.0.0.1", minted.secret()))).isEqualTo(Reason.TOO_MANY_FAILURES);
  }

  @Test
  void tellsAnOutageFromAnUnknownClient() {
    store.switchOff();
    assertThat(reason(client(ID, minted.secret()))).isEqualTo(Reason.STORE_UNAVAILABLE);
  }

  @Test
  void refusesAnUnexpectedFailure() {
    CallerCheck broken =
        new CallerCheck(
            new TokenSources(
                peppers,
                new StoreView(store) {
                  @Override
                  public CompletionStage<Lookup<Token>> token(TokenHash hash) {
                    throw new IllegalStateException("broken");
                  }
                },
                ForeignTokens.NONE),
            new FailureThrottle(Optional.empty(), 100, ticker),
            new RateLimiter(buckets, 100, ticker),
            PATIENCE,
            () -> NOW);
    RequestHead head = TestRequests.get("/any").head();
    assertThat(broken.client(ID, minted.secret(), false, head))
        .isCompletedWithValueMatching(it -> reason(it) == Reason.INTERNAL);
    assertThat(broken.look(minted.secret(), false, head, (token, owner) -> true))
        .isCompletedWithValueMatching(it -> refusal(it) == Reason.INTERNAL);
  }

  private static Reason refusal(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Refused.class);
    return ((Verification.Refused) verification).denied().reason();
  }

  private Verification look(SecretText secret, boolean theirs) {
    return check
        .look(secret, false, TestRequests.get("/any").head(), (token, owner) -> theirs)
        .toCompletableFuture()
        .join();
  }

  @Test
  void tellsOfATokenThatIsTheCallersToKnowHoweverOften() {
    for (int i = 0; i < 10; i++) {
      assertThat(look(other.secret(), true)).isInstanceOf(Verification.Known.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void countsAsGuessesWhatCallersAskOfTokensThatAreNotThereOrNotTheirs(boolean there) {
    for (int i = 0; i < 3; i++) {
      assertThat(refusal(look(there ? other.secret() : guess(i), false)))
          .isEqualTo(Reason.TOKEN_UNKNOWN);
    }
    assertThat(refusal(look(guess(4), true))).isEqualTo(Reason.TOO_MANY_FAILURES);
    assertThat(check.throttled(TestRequests.get("/any").head()))
        .hasValueSatisfying(
            denied -> assertThat(denied.retryAfter()).contains(Duration.ofSeconds(20)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void countsNothingOfWhatCallersAskWhoseBusinessItIs(boolean there) {
    for (int i = 0; i < 10; i++) {
      SecretText secret = there ? other.secret() : guess(i);
      assertThat(
              refusal(
                  check
                      .lookUncounted(secret, false, (token, owner) -> false)
                      .toCompletableFuture()
                      .join()))
          .isEqualTo(Reason.TOKEN_UNKNOWN);
    }
    assertThat(check.throttled(TestRequests.get("/any").head())).isEmpty();
    assertThat(check.lookUncounted(other.secret(), false, (token, owner) -> true))
        .isCompletedWithValueMatching(Verification.Known.class::isInstance);
  }

  @Test
  void countsTheFailuresThatItIsToldOf() {
    RequestHead head = TestRequests.get("/any").head();
    for (int i = 0; i < 3; i++) {
      assertThat(check.throttled(head)).isEmpty();
      check.failed(head);
    }
    assertThat(check.throttled(head)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"seal\0x", "a b", "\u00e9"})
  void looksNothingUpThatNoTokenCanBe(String text) {
    RequestHead head = TestRequests.get("/any").head();
    for (SecretText secret : List.of(SecretText.of(text), SecretText.of("x".repeat(513)))) {
      assertThat(check.client(ID, secret, true, head))
          .isCompletedWithValueMatching(it -> reason(it) != Reason.INTERNAL);
      assertThat(check.hashes(secret, true)).isEmpty();
    }
    assertThat(store.reads()).isZero();
  }

  private List<Decision> within(Limits limits, Token token, int times) {
    return IntStream.range(0, times)
        .mapToObj(
            i ->
                check
                    .within(limits, new Allowed(token, TestPrincipals.user(), LimitReport.NONE))
                    .toCompletableFuture()
                    .join())
        .toList();
  }

  @Test
  void letsEachTokenDoSoMuchAMinute() {
    List<Decision> decisions = within(CallerCheck.LIMITS, TestTokens.active(), 61);
    assertThat(decisions.subList(0, 60)).allMatch(Allowed.class::isInstance);
    assertThat(reason(decisions.getLast())).isEqualTo(Reason.RATE_LIMITED);
    assertThat(within(CallerCheck.LIMITS, TestTokens.accessKey(ID, "*:*"), 1))
        .allMatch(Allowed.class::isInstance);
    assertThat(within(Limits.NONE, TestTokens.active(), 61)).allMatch(Allowed.class::isInstance);
  }
}
