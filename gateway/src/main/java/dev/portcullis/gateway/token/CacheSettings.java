package dev.portcullis.gateway.token;

import java.time.Duration;

/**
 * The bounds of the near cache.
 *
 * @param tokens how many tokens are kept
 * @param principals how many principals are kept
 * @param unknown how many hashes and ids that the store does not know are kept, of each; apart from
 *     the others, so that a flood of them evicts none that is good
 * @param maxStaleness how long an entry is served after the last proof that no change of it was
 *     missed
 * @param unknownFor how long one that the store does not know is kept
 */
public record CacheSettings(
    int tokens, int principals, int unknown, Duration maxStaleness, Duration unknownFor) {
  /** What holds where nothing is set. */
  public static final CacheSettings DEFAULT =
      new CacheSettings(100_000, 100_000, 50_000, Duration.ofSeconds(5), Duration.ofSeconds(2));

  public CacheSettings {
    if (tokens < 1 || principals < 1 || unknown < 1) {
      throw new IllegalArgumentException("a cache keeps at least one entry");
    }
    if (maxStaleness.isNegative() || unknownFor.isNegative()) {
      throw new IllegalArgumentException("a cache's durations are not negative");
    }
  }
}
