package dev.portcullis.policy;

import java.time.Duration;
import java.time.Instant;

/** Times as answers tell them to clients: whole seconds, rounded up, so that none is too early. */
public final class WholeSeconds {
  private static final long ALMOST_A_SECOND = 999_999_999;

  private WholeSeconds() {}

  /** How long it is. */
  public static long of(Duration time) {
    return time.plusNanos(ALMOST_A_SECOND).toSeconds();
  }

  /** How long to wait before another attempt (RFC 9110, section 10.2.3): 1 or more. */
  public static long toWait(Duration time) {
    return Math.max(1, of(time));
  }

  /** When it is, since the epoch. */
  public static long sinceEpoch(Instant time) {
    return time.plusNanos(ALMOST_A_SECOND).getEpochSecond();
  }
}
