package dev.portcullis.load;

import java.util.Locale;

/**
 * One run of wrk against one side.
 *
 * @param cpuMicros processor time of the gateway process a request, in microseconds
 */
record Round(String side, WrkResult wrk, double cpuMicros) {

  /** The round in one line for people who wait. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-13s %8.0f requests/s  p99 %6.2f ms  %4.0f us CPU a request%s",
        side,
        wrk.perSecond(),
        wrk.p99Millis(),
        cpuMicros,
        wrk.clean() ? "" : "  NOT CLEAN: " + wrk);
  }
}
