package dev.portcullis.gateway.token;

import java.nio.charset.StandardCharsets;

/**
 * The end of a secret that shows it was minted under a pepper: 6 base62 digits ({@code 0-9A-Za-z}),
 * most significant first, of the HMAC's first 8 bytes modulo 62^6.
 */
final class CheckCharacters {
  static final int LENGTH = 6;
  static final byte[] BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
          .getBytes(StandardCharsets.US_ASCII);

  private static final boolean[] IS_BASE62 = new boolean[256];

  static {
    for (byte digit : BASE62) {
      IS_BASE62[digit] = true;
    }
  }

  private static final long MODULUS = 62L * 62 * 62 * 62 * 62 * 62;

  private CheckCharacters() {}

  /** Writes the check characters of this HMAC from {@code offset} on. */
  static void write(byte[] hmac, byte[] text, int offset) {
    long value = value(hmac);
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[offset + i] = BASE62[(int) (value % 62)];
      value /= 62;
    }
  }

  /** Whether the text has them there; takes the same time wherever it differs. */
  static boolean fit(byte[] hmac, byte[] text, int offset) {
    long value = value(hmac);
    int difference = 0;
    for (int i = LENGTH - 1; i >= 0; i--) {
      difference |= text[offset + i] ^ BASE62[(int) (value % 62)];
      value /= 62;
    }
    return difference == 0;
  }

  /** Whether all of the text from there on is base62 digits. */
  static boolean isBase62(byte[] text, int from) {
    for (int i = from; i < text.length; i++) {
      if (!IS_BASE62[text[i] & 0xff]) {
        return false;
      }
    }
    return true;
  }

  private static long value(byte[] hmac) {
    long first = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      first = first << 8 | (hmac[i] & 0xff);
    }
    return Long.remainderUnsigned(first, MODULUS);
  }
}
