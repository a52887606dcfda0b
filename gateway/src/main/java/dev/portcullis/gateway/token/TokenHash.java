package dev.portcullis.gateway.token;

import java.nio.charset.StandardCharsets;

/**
 * What the store keeps of a secret, and the key it is found by: {@code <pepper id>:<64 hex digits>}
 * of an HMAC-SHA-256, or {@code sha256:<64 hex digits>} as imported.
 *
 * @param text the written form
 */
public record TokenHash(String text) {
  /** What stands in place of a pepper's id where the hash is a plain SHA-256. */
  static final String SHA256 = "sha256";

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The hash that these bytes are, under the pepper with this id. */
  static TokenHash of(String id, byte[] hash) {
    byte[] text = new byte[id.length() + 1 + 2 * hash.length];
    byte[] name = id.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, text, 0, name.length);
    int at = name.length;
    text[at++] = ':';
    for (byte octet : hash) {
      text[at++] = DIGITS[(octet >> 4) & 0xf];
      text[at++] = DIGITS[octet & 0xf];
    }
    return new TokenHash(new String(text, StandardCharsets.ISO_8859_1));
  }
}
