package dev.portcullis.gateway.token;

/**
 * What the store keeps of a secret, and the key it is found by: {@code <pepper id>:<64 hex digits>}
 * of an HMAC-SHA-256, or {@code sha256:<64 hex digits>} as imported.
 *
 * @param text the written form
 */
public record TokenHash(String text) {}
