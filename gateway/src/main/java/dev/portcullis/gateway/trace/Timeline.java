package dev.portcullis.gateway.trace;

import java.util.function.LongSupplier;

/**
 * The times of one request's spans: those of the monotonic clock, told from one reading of the time
 * of day, so that no span ends before it begins.
 *
 * @param epoch time of day when the request began, in nanoseconds
 * @param begun the same by the monotonic clock
 * @param nanos the monotonic clock
 */
record Timeline(long epoch, long begun, LongSupplier nanos) {
  /** The time of day at this reading of the monotonic clock, in nanoseconds. */
  long at(long reading) {
    return epoch + (reading - begun);
  }

  long now() {
    return at(nanos.getAsLong());
  }
}
