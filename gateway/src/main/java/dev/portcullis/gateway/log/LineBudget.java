package dev.portcullis.gateway.log;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The lines of one kind that may be written, a bucket of one second's lines that fills evenly, and
 * a count of those that may not. To refuse is one read; safe for threads.
 */
final class LineBudget {
  private static final long SECOND = 1_000_000_000L;

  private final int perSecond;
  private final AtomicLong paidUpTo;
  private final LongAdder leftOut = new LongAdder();
  private final AtomicLong told = new AtomicLong();

  /** Full at this reading of a monotonic clock. */
  LineBudget(LineRate rate, long now) {
    this.perSecond = rate.perSecond();
    this.paidUpTo = new AtomicLong(now);
  }

  /** Whether one more may be written; counts it if not. */
  boolean admits(long now) {
    while (perSecond > 0) {
      long paid = paidUpTo.get();
      long next = (paid - now < 0 ? now : paid) + SECOND / perSecond;
      if (next - now > SECOND) {
        break;
      }
      if (paidUpTo.compareAndSet(paid, next)) {
        return true;
      }
    }
    leftOut.increment();
    return false;
  }

  /** How many were left out, ever. */
  long leftOut() {
    return leftOut.sum();
  }

  /** How many were left out since this was last asked. */
  long untold() {
    long all = leftOut.sum();
    return all - told.getAndSet(all);
  }
}
