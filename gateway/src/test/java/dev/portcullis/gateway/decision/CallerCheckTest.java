package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who calls an endpoint, and what becomes of those who guess. */
class CallerCheckTest extends ChainKit {
  private static final String ID = "the-key";

  private final MintedSecret other = peppers.mint("pcsk_", Salt.fresh());
  private final CallerCheck check =
      new CallerCheck(
          new TokenSources(peppers, store, ForeignTokens.NONE),
          new FailureThrottle(Optional.of(Limit.parse("3 per minute")), 100, ticker),
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
            PATIENCE,
            () -> NOW);
    assertThat(broken.client(ID, minted.secret(), false, TestRequests.get("/any").head()))
        .isCompletedWithValueMatching(it -> reason(it) == Reason.INTERNAL);
  }
}
