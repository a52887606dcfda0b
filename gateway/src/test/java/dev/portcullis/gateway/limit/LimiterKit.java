package dev.portcullis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.FakeTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;

/** Limiters before counts in memory, all of one time, for tests of them to extend. */
abstract class LimiterKit {
  protected static final long PATIENCE = Duration.ofMinutes(1).toNanos();

  protected final FakeTicker ticker = new FakeTicker();
  protected final InMemoryBuckets buckets = new InMemoryBuckets();
  protected final RateLimiter limiter = limiter();

  /** Another gateway's. */
  protected RateLimiter limiter() {
    return new RateLimiter(buckets, 1_000, ticker);
  }

  protected void pass(Duration time) {
    ticker.advance(time);
    buckets.advance(time);
  }

  /** The counts of these limits, each of a set of its own, for one subject. */
  protected static List<BucketKey> keys(String... limits) {
    return Stream.of(limits).map(limit -> key(limit)).toList();
  }

  /** The one count of these limits of an API. */
  protected static BucketKey key(String... limits) {
    return new BucketKey(TestLimits.ofApi(limits).sets().getFirst(), "s");
  }

  protected Verdict admit(List<BucketKey> keys, long cost) {
    return now(limiter.admit(keys, cost, PATIENCE));
  }

  protected Verdict admit(List<BucketKey> keys) {
    return admit(keys, 1);
  }

  protected static Verdict now(CompletionStage<Verdict> stage) {
    assertThat(stage).isCompleted();
    return stage.toCompletableFuture().join();
  }

  protected static Standing admitted(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
    return ((Verdict.Admitted) verdict).tightest().orElseThrow();
  }

  protected static Standing exceeded(Verdict verdict) {
    return assertThat(verdict)
        .asInstanceOf(InstanceOfAssertFactories.type(Verdict.Exceeded.class))
        .actual()
        .standing();
  }

  /** What the store still has of each limit. */
  protected List<Long> left(BucketKey key) {
    return ((Withdrawal.Taken) buckets.take(key, 0).toCompletableFuture().join()).left();
  }
}
