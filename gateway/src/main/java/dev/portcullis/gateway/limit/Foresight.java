package dev.portcullis.gateway.limit;

import org.jspecify.annotations.Nullable;

/**
 * How many permits are taken ahead: as many as the last lease would have needed for the whole of
 * its life, at most twice as many as then, and never more than two thirds of a portion, so that
 * they are used up in the life of a lease though the machine may stall.
 */
final class Foresight {
  private final Terms terms;
  private long ahead;

  Foresight(Terms terms) {
    this.terms = terms;
  }

  /**
   * How many to take now.
   *
   * @param last the lease that is used up, or over; null where there was none
   * @param scarce whether it was less than was asked for
   */
  long ahead(@Nullable Lease last, boolean scarce, long now) {
    if (terms.portion() == 0 || last == null) {
      return 0;
    }
    long most = Math.min(Math.max(1, 2 * terms.portion() / 3), Math.max(1, 2 * ahead));
    ahead = scarce ? most : Math.min(most, last.neededIn(terms.lease().toNanos(), now));
    return ahead;
  }
}
