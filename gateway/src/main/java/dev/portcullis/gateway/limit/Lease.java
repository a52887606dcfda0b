package dev.portcullis.gateway.limit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Permits that were taken out of a bucket at once: some were used at once, the others are good
 * until an instant. Where permits are counted one by one there are no others.
 */
final class Lease {
  private static final long CLOSED = -1;

  private final Level level;
  private final Standing taken;
  private final long since;
  private final long endsAt;
  private final long quotaEndsAt;
  private final AtomicLong left = new AtomicLong(CLOSED);
  private long size;
  private long served;

  /**
   * Closed still.
   *
   * @param level what was left in the bucket
   * @param since when they were taken, by the ticker
   * @param endsAt from when on none of them may be used
   * @param quotaEndsAt from when on none of them may be given back to a quota
   */
  Lease(Level level, long since, long endsAt, long quotaEndsAt) {
    this.level = level;
    this.taken = level.tightest();
    this.since = since;
    this.endsAt = endsAt;
    this.quotaEndsAt = quotaEndsAt;
  }

  /** Opens it, before anybody else knows it, with so many permits after so many were used. */
  void open(long permits, long usedAtOnce) {
    size = permits;
    served = usedAtOnce;
    left.set(permits);
  }

  /** Whether it is still good. */
  boolean isAlive(long now) {
    return now - endsAt < 0;
  }

  /** Whether so many are left. */
  boolean has(long permits) {
    return left.get() >= permits;
  }

  /** How many permits are needed in this time, at the pace at which these were used. */
  long neededIn(long nanos, long now) {
    double used = served + size - Math.max(0, left.get());
    return (long) Math.ceil(used * nanos / Math.clamp(now - since, 1, nanos));
  }

  /** Takes permits out; false where there are too few. */
  boolean take(long permits) {
    return change(-permits);
  }

  /** Puts permits back in; false where it is closed. */
  boolean giveBack(long permits) {
    return change(permits);
  }

  private boolean change(long by) {
    long before = left.get();
    while (before >= 0 && before + by >= 0) {
      if (left.compareAndSet(before, before + by)) {
        return true;
      }
      before = left.get();
    }
    return false;
  }

  /** Closes it, and says how many permits were left. */
  long close() {
    return Math.max(0, left.getAndSet(CLOSED));
  }

  /**
   * How many of these permits may be given back to the bucket now: not those that had flowed over,
   * had they never been taken, and none of one day's quota to the next day's.
   */
  long returnable(long permits, long now) {
    return now - quotaEndsAt < 0 ? permits - level.overflow(permits, now - since) : 0;
  }

  /** How the bucket stands now, as far as this gateway can tell. */
  Standing standing() {
    return standing(Math.max(0, left.get()));
  }

  /** How it stood with so many permits still unused. */
  Standing standing(long unused) {
    return new Standing(taken.limit(), taken.remaining() + unused, taken.reset());
  }
}
