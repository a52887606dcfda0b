package dev.portcullis.gateway.limit;

import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Limit.Mode;
import dev.portcullis.policy.LimitSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much a bucket holds, and how far a gateway may take permits ahead.
 *
 * <p>Permits taken ahead may be used a little later than they were taken, while the bucket fills
 * again behind them. The bucket of a leased limit is therefore smaller than the limit's burst, by
 * what flows back in the life of a lease: so the limit holds in any stretch of time, whatever the
 * number of gateways. A quota needs no such room, for no lease outlives the quota's window.
 *
 * @param capacities how much each limit of the set admits at once, in the order of the set
 * @param lease how long permits may be used after they were taken; nothing where they are counted
 *     one by one
 * @param portion the most that is taken ahead at once; 0 where they are counted one by one
 */
public record Terms(List<Long> capacities, Duration lease, long portion) {
  private static final Duration LONGEST_LEASE = Duration.ofSeconds(10);

  public Terms {
    capacities = List.copyOf(capacities);
  }

  /** The terms of these limits; those too small for a portion are counted one by one. */
  public static Terms of(LimitSet limits) {
    Duration lease = LONGEST_LEASE;
    long portion = Long.MAX_VALUE;
    for (Limit limit : limits.limits()) {
      portion = Math.min(portion, limit.portion());
      if (!limit.window().isQuota()) {
        Duration flowingBack = limit.timeFor(limit.portion());
        lease = lease.compareTo(flowingBack) < 0 ? lease : flowingBack;
      }
    }
    if (limits.mode() == Mode.EXACT || portion < 2) {
      return new Terms(limits.limits().stream().map(Limit::burst).toList(), Duration.ZERO, 0);
    }
    List<Long> capacities = new ArrayList<>();
    for (Limit limit : limits.limits()) {
      capacities.add(limit.window().isQuota() ? limit.burst() : limit.burst() - back(limit, lease));
    }
    return new Terms(capacities, lease, portion);
  }

  /** How many requests are admitted at once, at most. */
  long atOnce() {
    return Collections.min(capacities);
  }

  /** Of these limits, the one that admits fewest at once. */
  Limit scarcest(LimitSet limits) {
    return limits.limits().get(capacities.indexOf(atOnce()));
  }

  /** How many requests flow back into a limit in this time, or one more. */
  private static long back(Limit limit, Duration time) {
    double windows = (double) time.toNanos() / limit.window().duration().toNanos();
    return (long) Math.ceil(windows * limit.requests());
  }
}
