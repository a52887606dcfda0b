package dev.portcullis.gateway.registry;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * The source of new tokens' ids: 26 characters of {@code 0-9a-z} without {@code i l o u}, of which
 * the first ten are the millisecond and the rest random, so that ids sort by when they were made.
 */
public final class TokenIds {
  private static final byte[] DIGITS =
      "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII);
  private static final int TIME_LENGTH = 10;
  private static final int RANDOM_LENGTH = 16;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** Ids by this clock. */
  public TokenIds(InstantSource clock) {
    this.clock = clock;
  }

  /** An id that no other token has. */
  public String next() {
    byte[] text = new byte[TIME_LENGTH + RANDOM_LENGTH];
    long time = clock.millis();
    for (int i = TIME_LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS[(int) (time & 31)];
      time >>>= 5;
    }
    byte[] pool = new byte[RANDOM_LENGTH];
    random.nextBytes(pool);
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      text[TIME_LENGTH + i] = DIGITS[pool[i] & 31];
    }
    return new String(text, StandardCharsets.US_ASCII);
  }
}
