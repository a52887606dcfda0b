package dev.portcullis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Permits that come back: none is lost that would be missed, and none admits one too many. */
class GiveBackTest extends LimiterKit {
  private final BucketKey own = key("100 per second");
  private final BucketKey tenants = key("10 per hour per organization");
  private final List<Runnable> answers = new ArrayList<>();

  /** Counts here, but is slow to answer for the tenants. */
  private final RateLimiter slow = new RateLimiter(new SlowForTenants(), 100, ticker);

  private final class SlowForTenants implements BucketStore {
    @Override
    public CompletionStage<Withdrawal> take(BucketKey key, long permits) {
      CompletionStage<Withdrawal> now = buckets.take(key, permits);
      if (!key.equals(tenants)) {
        return now;
      }
      CompletableFuture<Withdrawal> later = new CompletableFuture<>();
      answers.add(() -> later.complete(now.toCompletableFuture().join()));
      return later;
    }

    @Override
    public CompletionStage<Void> giveBack(BucketKey key, long permits) {
      return buckets.giveBack(key, permits);
    }
  }

  private long admitted(int asked) {
    return IntStream.range(0, asked)
        .filter(i -> admit(List.of(own)) instanceof Verdict.Admitted)
        .count();
  }

  private void askForHalf() {
    buckets.take(tenants, 10);
    for (int i = 0; i < 50; i++) {
      CompletionStage<Verdict> _ = slow.admit(List.of(own, tenants), 1, PATIENCE);
    }
  }

  private void answer() {
    while (!answers.isEmpty()) {
      answers.removeFirst().run();
    }
  }

  @Test
  void givesBackAllThatTheBucketHadRoomFor() {
    buckets.take(own, 50);
    askForHalf();
    answer();
    assertThat(left(own)).containsExactly(50L);
  }

  @Test
  void givesNothingBackThatHadFlowedOverMeanwhile() {
    askForHalf();
    pass(Duration.ofMillis(500));
    long before = admitted(100);
    answer();
    assertThat(before + admitted(100)).as("at one instant").isEqualTo(100);
  }

  @Test
  void givesBackWhatItTookForWhoHasGivenUp() {
    BucketKey quota = key("10 per day");
    buckets.hold();
    CompletionStage<Verdict> asked = limiter.admit(List.of(quota), 4, 1);
    assertThat(asked).succeedsWithin(Duration.ofSeconds(10));
    buckets.release();
    assertThat(left(quota)).containsExactly(10L);
  }

  @Test
  void givesNothingOfOneDaysQuotaToTheNextDays() {
    BucketKey quota = key("100 per day");
    buckets.take(tenants, 10);
    pass(Duration.ofHours(12).minusMillis(1));
    CompletionStage<Verdict> _ = slow.admit(List.of(quota, tenants), 5, PATIENCE);
    pass(Duration.ofSeconds(1));
    buckets.take(quota, 10);
    answer();
    assertThat(left(quota)).containsExactly(90L);
  }
}
