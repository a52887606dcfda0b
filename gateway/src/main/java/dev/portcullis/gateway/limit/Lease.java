package dev.portcullis.gateway.limit;

import java.util.concurrent.atomic.AtomicLong;

/** Permits that were taken ahead, good until an instant. */
final class Lease {
  private final AtomicLong left;
  private final long endsAt;
  private final Standing taken;

  /**
   * So many permits.
   *
   * @param endsAt by the ticker
   * @param taken how the bucket stood when they were taken, without them
   */
  Lease(long permits, long endsAt, Standing taken) {
    this.left = new AtomicLong(permits);
    this.endsAt = endsAt;
    this.taken = taken;
  }

  /** Whether it is still good. */
  boolean isAlive(long now) {
    return now - endsAt < 0;
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
