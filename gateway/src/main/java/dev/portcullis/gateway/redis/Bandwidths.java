package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.limit.Terms;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.LimitSet;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConfigurationBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Limits in Bucket4j's terms. */
final class Bandwidths {

  private Bandwidths() {}

  /**
   * One for each limit of the set, in its order, full at first.
   *
   * @param now when the count begins, by the clock that it goes by
   */
  static BucketConfiguration of(LimitSet set, Instant now) {
    List<Limit> limits = set.limits();
    List<Long> capacities = Terms.of(set).capacities();
    ConfigurationBuilder configuration = BucketConfiguration.builder();
    for (int i = 0; i < limits.size(); i++) {
      configuration.addLimit(bandwidth(limits.get(i), capacities.get(i), now));
    }
    return configuration.build();
  }

  private static Bandwidth bandwidth(Limit limit, long capacity, Instant now) {
    var bandwidth = Bandwidth.builder().capacity(capacity);
    return limit.window().isQuota()
        ? bandwidth
            .refillIntervallyAligned(limit.requests(), limit.window().duration(), midnight(now))
            .build()
        : bandwidth.refillGreedy(limit.requests(), limit.window().duration()).build();
  }

  /** The next one, UTC. */
  private static Instant midnight(Instant now) {
    return now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).plusDays(1).toInstant();
  }
}
