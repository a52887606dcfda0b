package dev.portcullis.gateway.control;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a token ends, as requests say it: {@code expiresAt}, a time (RFC 3339), or {@code
 * expiresIn}, a duration of days, hours, minutes and seconds (ISO 8601), for example {@code P90D}
 * or {@code PT1H30M}. To the millisecond; what is finer is cut off.
 */
final class Expiry {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Expiry() {}

  /** The instant asked for; empty for never, or where it is not as it should be. */
  static Optional<Instant> read(JsonMembers members, Instant now) {
    Optional<Instant> at = members.parsed("expiresAt", text -> future(time(text), now));
    Optional<Instant> in = members.parsed("expiresIn", text -> future(after(text, now), now));
    if (members.has("expiresAt") && members.has("expiresIn")) {
      members.refuse("expiresIn", "cannot be given together with expiresAt");
    }
    return at.or(() -> in);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is not a time such as 2030-01-31T12:00:00Z", e);
    }
  }

  private static Instant after(String text, Instant now) {
    try {
      return now.plus(Duration.parse(text));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("is not a duration such as P90D or PT12H", e);
    }
  }

  private static Instant future(Instant instant, Instant now) {
    Instant cut = instant.isAfter(LATEST) ? instant : instant.truncatedTo(ChronoUnit.MILLIS);
    if (!cut.isAfter(now)) {
      throw new IllegalArgumentException("is not in the future");
    }
    if (cut.isAfter(LATEST)) {
      throw new IllegalArgumentException("is after the year 9999; leave it out for never");
    }
    return cut;
  }
}
