package dev.portcullis.gateway.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * A bucket found empty: refuses, until an instant, requests that cost as much or more.
 *
 * @param since when it was found so, by the ticker
 * @param until when to look again
 * @param standing of a request that costs so much
 */
record Shortage(long cost, long since, long until, Standing standing) {

  /** How a request stands that need not be asked for; empty where it may be. */
  Optional<Standing> refusing(long wanted, long now) {
    if (wanted < cost || now - until >= 0) {
      return Optional.empty();
    }
    Duration wait = standing.reset().minusNanos(now - since);
    return Optional.of(
        new Standing(
            standing.limit(), standing.remaining(), wait.isNegative() ? Duration.ZERO : wait));
  }
}
