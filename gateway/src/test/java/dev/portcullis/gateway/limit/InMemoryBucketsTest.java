package dev.portcullis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InMemoryBucketsTest extends BucketStoreContract {
  private final InMemoryBuckets buckets = new InMemoryBuckets();

  @Override
  protected BucketStore store() {
    return buckets;
  }

  @Override
  protected BucketStore ofAnotherGateway() {
    return buckets;
  }

  @Override
  protected Instant now() {
    return buckets.now();
  }

  @Override
  protected void advance(Duration by) {
    buckets.advance(by);
  }

  @Override
  protected void breakDown() {
    buckets.breakDown();
  }

  @Test
  void takesAtOnceWhatIsAnsweredLater() {
    BucketKey key = TestLimits.key("5 per day");
    buckets.hold();
    CompletableFuture<Withdrawal> first = buckets.take(key, 3).toCompletableFuture();
    CompletableFuture<Withdrawal> second = buckets.take(key, 3).toCompletableFuture();
    assertThat(buckets.underWay()).isEqualTo(2);
    buckets.answer();
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    buckets.release();
    assertThat(second).isCompleted();
    assertThat(take(key, 1).permits()).isZero();
  }
}
