package dev.portcullis.gateway.limit;

import dev.portcullis.policy.Limit;
import java.time.Duration;

/**
 * How a caller stands with one limit.
 *
 * @param limit the limit
 * @param remaining how many requests more it would admit at once, 0 or more
 * @param reset where a request was admitted, until the limit is as if unused; where it was refused,
 *     until one like it can be admitted
 */
public record Standing(Limit limit, long remaining, Duration reset) {

  /** Whether this is the scarcer of the two: less remains, or as little for longer. */
  boolean isTighterThan(Standing other) {
    return remaining == other.remaining
        ? reset.compareTo(other.reset) > 0
        : remaining < other.remaining;
  }
}
