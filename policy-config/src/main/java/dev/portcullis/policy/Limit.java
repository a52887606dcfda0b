package dev.portcullis.policy;

import java.time.Duration;

/**
 * How many requests are admitted in a window of time, written {@code 1000 per minute per token}.
 *
 * @param requests how many, 1 or more
 * @param window one second, minute, hour or day
 * @param per whose requests are counted together
 */
public record Limit(long requests, Duration window, Subject per) {

  /** Whose requests one count holds. */
  public enum Subject {
    TOKEN,
    PRINCIPAL,
    ORGANIZATION,
    ADDRESS,
    API
  }
}
