package dev.portcullis.gateway.token;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A token in clear. Shows itself to nobody who does not ask by {@link #reveal}. */
public final class SecretText {
  /** Visible ASCII less what separates values in a field: all of RFC 6750's b64token, and more. */
  private static final boolean[] IN_TOKENS = new boolean[256];

  static {
    for (char c = '!'; c <= '~'; c++) {
      IN_TOKENS[c] = c != ',' && c != ';' && c != '"';
    }
  }

  private final String text;
  private final byte[] octets;

  private SecretText(String text) {
    this.text = text;
    this.octets = text.getBytes(UTF_8);
  }

  /** Wraps a secret as early as it is known to be one. */
  public static SecretText of(String text) {
    return new SecretText(text);
  }

  /** The secret itself: to hash it, or to show it to its owner once. */
  public String reveal() {
    return text;
  }

  /** The secret in UTF-8; not to be changed. */
  byte[] octets() {
    return octets;
  }

  /** Whether it has only characters that a token may have. */
  public boolean isToken() {
    for (byte octet : octets) {
      if (!IN_TOKENS[octet & 0xff]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "***";
  }
}
