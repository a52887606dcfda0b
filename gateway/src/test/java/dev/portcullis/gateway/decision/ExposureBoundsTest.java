package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.limit.ClientNetwork;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What nobody learns or brings about by sending guesses over plain HTTP, and what a look may cost.
 */
class ExposureBoundsTest extends ExposureKit {
  @ParameterizedTest
  @ValueSource(
      strings = {
        TestTokens.ID,
        "pc_" + TestTokens.ID,
        "pc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "a b",
        "guess"
      })
  void findsNobodysTokenByAnIdOrAGuess(String guess) {
    look(TestRequests.get("/any").with("Authorization", "Bearer " + guess));
    assertThat(told).isEmpty();
  }

  @Test
  void findsNothingByAllButTheLastCharacterOfASecret() {
    String almost = secret().substring(0, secret().length() - 1);
    for (String guess : List.of(almost, almost + "!", secret() + "0")) {
      look(TestRequests.get("/any").with("Authorization", "Bearer " + guess));
    }
    assertThat(told).isEmpty();
  }

  @Test
  void findsNothingInAWellFormedSecretOfAnother() {
    look(
        TestRequests.get("/any")
            .with(
                "Authorization", "Bearer " + peppers.mint("pc_", Salt.fresh()).secret().reveal()));
    assertThat(told).isEmpty();
  }

  @Test
  void countsAGuessAsAFailedAuthenticationAndLooksNothingUpForWhoFailedTooOften() {
    throttle = new FailureThrottle(Optional.of(Limit.parse("3 per minute")), 100, ticker);
    Optional<ClientNetwork> network =
        TestRequests.get("/any").head().client().map(ClientNetwork::of);
    for (int i = 0; i < 3; i++) {
      assertThat(throttle.throttledFor(network)).isEmpty();
      look(TestRequests.get("/any").with("Authorization", "Bearer pc_guess" + i));
    }
    assertThat(throttle.throttledFor(network)).isPresent();
    look(bearer("/any"));
    assertThat(told).isEmpty();
    assertThat(store.reads()).isZero();
    look(bearer("/any").from("192.0.2.8"));
    assertThat(told).containsExactly(TestTokens.ID + " to logs from 192.0.2.8");
  }

  @Test
  void countsNoFailureWhereATokenWasFoundOrNobodyCanTell() {
    throttle = new FailureThrottle(Optional.of(Limit.parse("1 per minute")), 100, ticker);
    look(bearer("/any"));
    look(TestRequests.get("/any"));
    store.switchOff();
    look(bearer("/any"));
    assertThat(told).containsExactly(FOUND, UNEXAMINED);
    assertThat(throttle.size()).isZero();
  }

  @Test
  void countsWhatItHasNoRoomToLookAtAndHasRoomAgainBehindThat() {
    List<Runnable> waiting = new ArrayList<>();
    Exposure exposure = exposure(store, waiting::add);
    RequestHead head = bearer("/any").head();
    for (int i = 0; i < 257; i++) {
      exposure.look(head, match(head), Suspicion.of(head, throttle));
    }
    assertThat(told).containsExactly(UNEXAMINED);
    assertThat(waiting).hasSize(256);
    List.copyOf(waiting).forEach(Runnable::run);
    exposure.look(head, match(head), Suspicion.of(head, throttle));
    assertThat(told).hasSize(257);
    assertThat(waiting).hasSize(257);
  }

  @Test
  void givesUpOnAStoreThatDoesNotAnswer() {
    TokenStore silent =
        new StoreView(store) {
          @Override
          public CompletionStage<Lookup<Token>> token(TokenHash hash) {
            return new CompletableFuture<>();
          }
        };
    RequestHead head = bearer("/any").head();
    exposure(silent, Runnable::run).look(head, match(head), Suspicion.of(head, throttle));
    await().untilAsserted(() -> assertThat(told).containsExactly(UNEXAMINED));
  }

  @Test
  void outlivesAnUnexpectedFailureOfAnyPart() {
    TokenStore broken =
        new StoreView(store) {
          @Override
          public CompletionStage<Lookup<Token>> token(TokenHash hash) {
            throw new IllegalStateException("broken");
          }
        };
    RequestHead head = bearer("/any").head();
    Suspicion suspicion = Suspicion.of(head, throttle);
    exposure(broken, Runnable::run).look(head, match(head), suspicion);
    Executor full =
        task -> {
          throw new RejectedExecutionException("full");
        };
    exposure(store, full).look(head, match(head), suspicion);
    assertThat(told).isEmpty();
  }
}
