package dev.portcullis.gateway.token;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a secret is made of, together with a pepper. Without the pepper it tells nothing, so it may
 * be kept.
 *
 * @param hex 64 hex digits
 */
public record Salt(String hex) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  /** One that was never there before. */
  public static Salt fresh() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Salt(HexFormat.of().formatHex(bytes));
  }

  byte[] block(int number) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return ByteBuffer.allocate(bytes.length + Integer.BYTES).put(bytes).putInt(number).array();
  }
}
