package dev.portcullis.gateway.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A span of time as people say it: its two largest units, such as {@code 2 h 5 min}. */
final class Span {
  private Span() {}

  /** The time between two instants in JSON; {@code -} where either is none. */
  static String between(JsonNode since, JsonNode now) {
    try {
      return of(
          Duration.between(Instant.parse(since.asString("")), Instant.parse(now.asString(""))));
    } catch (DateTimeException e) {
      return "-";
    }
  }

  /** What is less than nothing is nothing. */
  static String of(Duration span) {
    if (span.toDays() > 0) {
      return both(span.toDays(), "d", span.toHoursPart(), "h");
    }
    if (span.toHours() > 0) {
      return both(span.toHours(), "h", span.toMinutesPart(), "min");
    }
    return span.toMinutes() > 0
        ? both(span.toMinutes(), "min", span.toSecondsPart(), "s")
        : Math.max(0, span.toSeconds()) + " s";
  }

  private static String both(long large, String unit, int small, String smallUnit) {
    String text = large + " " + unit;
    return small == 0 ? text : text + " " + small + " " + smallUnit;
  }
}
