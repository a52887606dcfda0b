package dev.portcullis.gateway.limit;

import java.time.Instant;
import java.util.List;

/** What came of taking permits out of a bucket. */
public sealed interface Withdrawal {

  /**
   * The bucket was there.
   *
   * @param permits how many were taken, 0 or more
   * @param left how many each limit would still admit after that, in the order of the set
   * @param at when, by the store's clock: quotas begin anew by it
   */
  record Taken(long permits, List<Long> left, Instant at) implements Withdrawal {
    public Taken {
      left = List.copyOf(left);
    }
  }

  /**
   * The store did not answer in time, or not sensibly.
   *
   * @param cause without secrets
   */
  record Unavailable(String cause) implements Withdrawal {}
}
