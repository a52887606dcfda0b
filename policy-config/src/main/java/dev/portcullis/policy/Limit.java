package dev.portcullis.policy;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests are admitted in a window of time, written {@code 1000 per minute per token}.
 *
 * @param requests how many, 1 or more
 * @param window one second, minute, hour or day
 * @param per whose requests are counted together
 */
public record Limit(long requests, Duration window, Subject per) {
  private static final Map<String, Duration> WINDOWS =
      Map.of(
          "second", Duration.ofSeconds(1),
          "minute", Duration.ofMinutes(1),
          "hour", Duration.ofHours(1),
          "day", Duration.ofDays(1));
  private static final Pattern WRITTEN =
      Pattern.compile(
          "([1-9][0-9]{0,11}) per (second|minute|hour|day)"
              + "(?: per (token|principal|organization|address|api))?");

  /** Whose requests one count holds. */
  public enum Subject {
    TOKEN,
    PRINCIPAL,
    ORGANIZATION,
    ADDRESS,
    API;

    /** Whether it is known only once credentials were verified. */
    boolean needsToken() {
      return this == TOKEN || this == PRINCIPAL || this == ORGANIZATION;
    }
  }

  /**
   * Reads the written form; without a subject it is per token.
   *
   * @throws IllegalArgumentException with a message for people, when it is not a limit
   */
  public static Limit parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a limit: NUMBER per second|minute|hour|day"
              + " [per token|principal|organization|address|api]");
    }
    String subject = written.group(3) == null ? "token" : written.group(3);
    return new Limit(
        Long.parseLong(written.group(1)),
        Objects.requireNonNull(WINDOWS.get(written.group(2))),
        Subject.valueOf(subject.toUpperCase(Locale.ROOT)));
  }
}
