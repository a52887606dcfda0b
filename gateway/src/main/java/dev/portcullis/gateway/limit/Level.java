package dev.portcullis.gateway.limit;

import dev.portcullis.policy.Limit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What was left in a bucket at some time.
 *
 * @param limits of the bucket
 * @param capacities by limit
 * @param left by limit
 * @param at when, by the store's clock
 */
record Level(List<Limit> limits, List<Long> capacities, List<Long> left, Instant at) {

  /** The limit of which least is left. */
  Standing tightest() {
    Standing tightest = standing(0);
    for (int i = 1; i < limits.size(); i++) {
      Standing other = standing(i);
      if (other.isTighterThan(tightest)) {
        tightest = other;
      }
    }
    return tightest;
  }

  private Standing standing(int i) {
    Limit limit = limits.get(i);
    long remaining = Math.max(0, left.get(i));
    return new Standing(
        limit,
        remaining,
        limit.window().isQuota()
            ? untilMidnight()
            : limit.timeFor(Math.max(0, capacities.get(i) - remaining)));
  }

  /**
   * How it stands with the limit that keeps a request waiting longest.
   *
   * @param cost more than is left of at least one limit
   * @param unused permits that were taken and are still to be had
   */
  Standing refusing(long cost, long unused) {
    Standing longest = waiting(0, cost, unused);
    for (int i = 1; i < limits.size(); i++) {
      Standing other = waiting(i, cost, unused);
      if (other.reset().compareTo(longest.reset()) > 0) {
        longest = other;
      }
    }
    return longest;
  }

  private Standing waiting(int i, long cost, long unused) {
    Limit limit = limits.get(i);
    long remaining = Math.max(0, left.get(i) + unused);
    long missing = Math.max(0, cost - remaining);
    Duration wait =
        missing > 0 && limit.window().isQuota() ? untilMidnight() : limit.timeFor(missing);
    return new Standing(limit, remaining, wait);
  }

  /**
   * How many of so many permits would have flowed over since then, had they not been taken: what
   * comes back meanwhile is lost to a bucket that is full.
   */
  long overflow(long permits, long nanos) {
    long overflow = 0;
    for (int i = 0; i < limits.size(); i++) {
      Limit limit = limits.get(i);
      if (!limit.window().isQuota()) {
        long back = nanos / limit.timeFor(1).toNanos();
        overflow = Math.max(overflow, left.get(i) + permits + back - capacities.get(i));
      }
    }
    return Math.clamp(overflow, 0, permits);
  }

  /** Until quotas begin anew. */
  Duration untilMidnight() {
    Instant midnight =
        at.atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .plusDays(1)
            .atStartOfDay()
            .toInstant(ZoneOffset.UTC);
    return Duration.between(at, midnight);
  }
}
