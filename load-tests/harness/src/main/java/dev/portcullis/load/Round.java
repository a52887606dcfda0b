package dev.portcullis.load;

import java.util.Locale;

/**
 * One run of wrk against one side.
 *
 * @param cpuMicros processor time of the gateway process a request, in microseconds
 */
record Round(String side, WrkResult wrk, double cpuMicros) {

  double perSecond() {
    return wrk.perSecond();
  }

  double p99Millis() {
    return wrk.p99Millis();
  }

  /** Requests that were not answered as they should be. */
  long wrong() {
    return wrk.failures() + wrk.socketErrors();
  }

  /** Requests that were answered as they should be. */
  long good() {
    return wrk.requests() - wrk.failures();
  }

  /** The round in one line for people who wait. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-13s %8.0f requests/s  p99 %6.2f ms  %4.0f us CPU a request%s",
        side,
        perSecond(),
        p99Millis(),
        cpuMicros,
        wrong() == 0 ? "" : "  NOT CLEAN: " + wrk);
  }
}
