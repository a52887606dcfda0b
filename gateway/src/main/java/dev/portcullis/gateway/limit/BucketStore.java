package dev.portcullis.gateway.limit;

import java.util.concurrent.CompletionStage;

/**
 * The port to the counts that all gateways share: for each key a token bucket, with one bandwidth
 * for each limit of its set. Stages never fail: an outage is {@link Withdrawal.Unavailable}, within
 * the configured time-out.
 */
public interface BucketStore {

  /**
   * Takes permits out of a bucket, atomically: as many as are asked for, or as many as there are.
   *
   * @param permits 0 or more; with 0 the bucket is only looked at
   */
  CompletionStage<Withdrawal> take(BucketKey key, long permits);

  /** Gives back permits that were taken and not used. Best effort: what fails is lost. */
  CompletionStage<Void> giveBack(BucketKey key, long permits);
}
