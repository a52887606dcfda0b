package dev.portcullis.gateway.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What the store keeps of a secret, and the key it is found by: an HMAC-SHA-256, written {@code
 * <pepper id>:<64 hex digits>}, or a SHA-256 as imported, written {@code sha256:<64 hex digits>}.
 *
 * @param maker the pepper's id, or {@code sha256}
 * @param first the first 8 of its 32 bytes
 * @param second the next 8
 * @param third the next 8
 * @param fourth the last 8
 */
public record TokenHash(String maker, long first, long second, long third, long fourth) {
  /** What stands in place of a pepper's id where the hash is a plain SHA-256. */
  static final String SHA256 = "sha256";

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final HexFormat HEX = HexFormat.of();
  private static final int DIGITS = 64;

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException when it is another, such as one with upper-case digits
   */
  public TokenHash(String text) {
    this(maker(text), number(text, 64), number(text, 48), number(text, 32), number(text, 16));
  }

  /** Reads the written form; empty where it is another. */
  public static Optional<TokenHash> read(String text) {
    return isWritten(text) ? Optional.of(new TokenHash(text)) : Optional.empty();
  }

  /** The hash that these 32 bytes are. */
  static TokenHash of(String maker, byte[] hash) {
    return new TokenHash(
        maker,
        (long) LONGS.get(hash, 0),
        (long) LONGS.get(hash, Long.BYTES),
        (long) LONGS.get(hash, 2 * Long.BYTES),
        (long) LONGS.get(hash, 3 * Long.BYTES));
  }

  private static boolean isWritten(String text) {
    int colon = text.length() - DIGITS - 1;
    return colon > 0
        && text.charAt(colon) == ':'
        && text.chars().skip(colon + 1L).allMatch(TokenHash::isDigit);
  }

  private static boolean isDigit(int character) {
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
  }

  private static String maker(String text) {
    if (!isWritten(text)) {
      throw new IllegalArgumentException("not the written form of a hash");
    }
    return text.substring(0, text.length() - DIGITS - 1);
  }

  /** The 16 digits that begin so far from the end. */
  private static long number(String text, int fromEnd) {
    return HexFormat.fromHexDigitsToLong(
        text, text.length() - fromEnd, text.length() - fromEnd + 16);
  }

  /** Some of its bits, which are as random as any. */
  @Override
  public int hashCode() {
    return (int) first;
  }

  /** The written form. */
  public String text() {
    return maker
        + ':'
        + HEX.toHexDigits(first)
        + HEX.toHexDigits(second)
        + HEX.toHexDigits(third)
        + HEX.toHexDigits(fourth);
  }

  @Override
  public String toString() {
    return text();
  }
}
