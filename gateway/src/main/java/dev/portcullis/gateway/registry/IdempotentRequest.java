package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.Sha256;

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
    return new IdempotentRequest(Sha256.hex(all), Sha256.hex(body));
  }
}
