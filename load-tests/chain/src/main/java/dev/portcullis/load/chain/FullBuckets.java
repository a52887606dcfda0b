package dev.portcullis.load.chain;

import dev.portcullis.gateway.limit.BucketKey;
import dev.portcullis.gateway.limit.BucketStore;
import dev.portcullis.gateway.limit.Terms;
import dev.portcullis.gateway.limit.Withdrawal;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counts that never run out, and answer at once. */
final class FullBuckets implements BucketStore {

  @Override
  public CompletionStage<Withdrawal> take(BucketKey key, long permits) {
    return CompletableFuture.completedStage(
        new Withdrawal.Taken(permits, Terms.of(key.limits()).capacities(), Instant.now()));
  }

  @Override
  public CompletionStage<Void> giveBack(BucketKey key, long permits) {
    return CompletableFuture.completedStage(null);
  }
}
