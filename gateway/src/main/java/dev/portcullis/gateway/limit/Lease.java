package dev.portcullis.gateway.limit;

import java.util.concurrent.atomic.AtomicLong;

/** Permits that were taken ahead, good until an instant. */
final class Lease {
  private final AtomicLong left;
  private final long size;
  private final long served;
  private final long since;
  private final long endsAt;
  private final Standing taken;

  /**
   * So many permits.
   *
   * @param served how many more were taken with them and used at once
   * @param since when they were taken, by the ticker
   * @param endsAt by the ticker
   * @param taken how the bucket stood when they were taken, without them
   */
  Lease(long permits, long served, long since, long endsAt, Standing taken) {
    this.left = new AtomicLong(permits);
    this.size = permits;
    this.served = served;
    this.since = since;
    this.endsAt = endsAt;
    this.taken = taken;
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
    double used = served + size - left.get();
    return (long) Math.ceil(used * nanos / Math.clamp(now - since, 1, nanos));
  }

  /** Takes permits out; false where there are too few. */
  boolean take(long permits) {
    long before = left.get();
    while (before >= permits) {
      if (left.compareAndSet(before, before - permits)) {
        return true;
      }
      before = left.get();
    }
    return false;
  }

  /** Puts permits back in. */
  void giveBack(long permits) {
    left.addAndGet(permits);
  }

  /** Takes all out, and says how many those were. */
  long empty() {
    return left.getAndSet(0);
  }

  /** How the bucket stands now, as far as this gateway can tell. */
  Standing standing() {
    return new Standing(taken.limit(), taken.remaining() + left.get(), taken.reset());
  }
}
