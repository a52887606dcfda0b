package dev.portcullis.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wrk printed after one run.
 *
 * @param perSecond requests a second
 * @param p50Millis median latency
 * @param p99Millis 99th percentile of the latency
 * @param failures answers that were neither 2xx nor 3xx
 * @param socketErrors connections that failed, and requests that timed out
 */
record WrkResult(
    long requests,
    double perSecond,
    double p50Millis,
    double p99Millis,
    long failures,
    long socketErrors) {
  private static final String DURATION = "\\s+([\\d.]+)(us|ms|s|m)";
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
  private static final Pattern PER_SECOND = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
  private static final Pattern P50 = Pattern.compile("\\b50%" + DURATION);
  private static final Pattern P99 = Pattern.compile("\\b99%" + DURATION);
  private static final Pattern FAILURES = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern SOCKET_ERRORS =
      Pattern.compile("connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

  /**
   * Reads the output of {@code wrk --latency}.
   *
   * @throws IllegalArgumentException if it is not such
   */
  static WrkResult parse(String output) {
    return new WrkResult(
        Long.parseLong(required(REQUESTS, output).group(1)),
        Double.parseDouble(required(PER_SECOND, output).group(1)),
        millis(required(P50, output)),
        millis(required(P99, output)),
        sum(FAILURES, output),
        sum(SOCKET_ERRORS, output));
  }

  /** Whether each request was answered as it should be. */
  boolean clean() {
    return failures == 0 && socketErrors == 0;
  }

  /** The same where each request had to be refused: what failed is what was not. */
  WrkResult ofRefusals() {
    return new WrkResult(
        requests, perSecond, p50Millis, p99Millis, requests - failures, socketErrors);
  }

  private static Matcher required(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalArgumentException("not what wrk prints:\n" + output);
    }
    return matcher;
  }

  private static double millis(Matcher duration) {
    double value = Double.parseDouble(duration.group(1));
    return switch (duration.group(2)) {
      case "us" -> value / 1_000;
      case "s" -> value * 1_000;
      case "m" -> value * 60_000;
      default -> value;
    };
  }

  private static long sum(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    long sum = 0;
    if (matcher.find()) {
      for (int i = 1; i <= matcher.groupCount(); i++) {
        sum += Long.parseLong(matcher.group(i));
      }
    }
    return sum;
  }
}
