package dev.portcullis.gateway.token;

/**
 * A secret just made.
 *
 * @param secret to be shown to its owner once and then forgotten
 * @param hash what the store keeps of it
 */
public record MintedSecret(SecretText secret, TokenHash hash) {}
