package dev.portcullis.gateway.proxy;

import java.time.Duration;

/**
 * How fast a request's body comes while the gateway waits for it, in nanoseconds of any clock. Too
 * slow is silence for the idle time, and of a body of announced length fewer bytes in 30 s than its
 * rate asks for. A body without a length is made up as it goes and may come as slowly as that.
 */
final class BodyPace {
  private static final Duration STRETCH = Duration.ofSeconds(30);

  private final long idle;
  private final long stretch;
  private final long least;
  private boolean rated;
  private boolean waiting;
  private long since;
  private long waited;
  private long bytes;

  BodyPace(ClientBounds bounds) {
    this(bounds, STRETCH);
  }

  /** Measures the rate over stretches of this length. */
  BodyPace(ClientBounds bounds, Duration stretch) {
    this.idle = bounds.idle().toNanos();
    this.stretch = stretch.toNanos();
    this.least = Math.multiplyExact(bounds.bodyRate(), stretch.toMillis()) / 1_000;
  }

  /** A body begins; not waited for yet. */
  void begin(boolean announced) {
    rated = announced && least > 0;
    waiting = false;
    waited = 0;
    bytes = 0;
  }

  /** The gateway waits for more from now on. */
  void await(long now) {
    waiting = true;
    since = now;
  }

  /** So many bytes came. */
  void came(long now, int count) {
    if (waiting) {
      waiting = false;
      waited += now - since;
    }
    bytes += count;
  }

  /** How much longer the client may take with what it is to send next; 0 or less when too long. */
  long left(long now) {
    long silent = waiting ? now - since : 0;
    if (rated && waited + silent >= stretch) {
      if (bytes < least) {
        return 0;
      }
      // The next stretch begins now, within a silence.
      waited = -silent;
      bytes = 0;
    }
    long left = idle - silent;
    return rated ? Math.min(left, stretch - waited - silent) : left;
  }
}
