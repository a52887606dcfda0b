package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PatienceTest extends ChainKit {
  private final CompletableFuture<Lookup<Token>> read = new CompletableFuture<>();
  private final StoreView slow =
      new StoreView(store) {
        @Override
        public CompletionStage<Lookup<Token>> token(TokenHash hash) {
          return read;
        }
      };

  private CompletableFuture<Decision> decideWhileNothingCounts() {
    patience = Duration.ofHours(1);
    policy = POLICY.replace("/any\n", "/any\n    limit: 10 per hour\n");
    given(TestTokens.active(), TestPrincipals.user());
    buckets.hold();
    return decide(bearer("/any"), chain(slow)).toCompletableFuture();
  }

  private void answerAfter(Duration time) {
    ticker.advance(time);
    read.complete(new Lookup.Found<>(TestTokens.active()));
  }

  @Test
  void isOverForALimitWhereTheTokenTookAllOfIt() {
    CompletableFuture<Decision> decision = decideWhileNothingCounts();

    answerAfter(patience);
    await().untilAsserted(() -> assertThat(decision).isCompleted());
    assertThat(reason(decision.join())).isEqualTo(Reason.STORE_UNAVAILABLE);
  }

  @Test
  void isNotOverForALimitWhereTheTokenTookPartOfIt() {
    CompletableFuture<Decision> decision = decideWhileNothingCounts();

    answerAfter(patience.dividedBy(2));
    assertThat(decision).isNotDone();
    buckets.release();
    assertThat(decision).isCompletedWithValueMatching(Decision.Allowed.class::isInstance);
  }
}
