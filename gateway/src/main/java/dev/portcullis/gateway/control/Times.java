package dev.portcullis.gateway.control;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * Times (RFC 3339) and durations of days, hours, minutes and seconds (ISO 8601), as requests write
 * them. Whatever is neither throws {@link IllegalArgumentException} with a message for people.
 */
final class Times {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Times() {}

  static Instant time(String text) {
    try {
      Instant time = Instant.parse(text);
      // Others are no number of milliseconds.
      long _ = time.toEpochMilli();
      return time;
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("is not a time such as 2030-01-31T12:00:00Z", e);
    }
  }

  /** More than nothing, and at most a hundred years. */
  static Duration duration(String text) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("is not a duration such as P90D or PT12H", e);
    }
    if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("is not more than nothing and at most P36500D");
    }
    return duration;
  }
}
