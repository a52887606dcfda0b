package dev.portcullis.gateway.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A request that may be repeated with the same effect as once.
 *
 * @param key stands for who sent it, what it asks for and its {@code Idempotency-Key}; not secret
 * @param fingerprint of its body; the same key with another is a mistake
 */
public record IdempotentRequest(String key, String fingerprint) {

  /**
   * A request as received.
   *
   * @param operator who sent it
   * @param operation what it asks for, of whom
   * @param idempotencyKey as the header has it
   * @param body as received
   */
  public static IdempotentRequest of(
      String operator, String operation, String idempotencyKey, byte[] body) {
    String all = operator + "\0" + operation + "\0" + idempotencyKey;
    return new IdempotentRequest(sha256(all.getBytes(StandardCharsets.UTF_8)), sha256(body));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
