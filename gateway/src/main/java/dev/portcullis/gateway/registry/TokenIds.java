package dev.portcullis.gateway.registry;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The source of new tokens' ids: 26 characters of {@code 0-9a-z} without {@code i l o u}, of which
 * the first ten are the millisecond and the rest random, so that ids sort by when they were made.
 */
public final class TokenIds {
  private static final String DIGITS_IN_ORDER = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final byte[] DIGITS = DIGITS_IN_ORDER.getBytes(StandardCharsets.US_ASCII);
  private static final Pattern SHAPE = Pattern.compile("[" + DIGITS_IN_ORDER + "]{26}");
  private static final int TIME_LENGTH = 10;
  private static final int RANDOM_LENGTH = 16;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** Ids by this clock. */
  public TokenIds(InstantSource clock) {
    this.clock = clock;
  }

  /** When an id was given, to the millisecond; empty where it was given by another program. */
  static Optional<Instant> madeAt(String id) {
    if (!SHAPE.matcher(id).matches()) {
      return Optional.empty();
    }
    long time = 0;
    for (int i = 0; i < TIME_LENGTH; i++) {
      time = time << 5 | DIGITS_IN_ORDER.indexOf(id.charAt(i));
    }
    return Optional.of(Instant.ofEpochMilli(time));
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
