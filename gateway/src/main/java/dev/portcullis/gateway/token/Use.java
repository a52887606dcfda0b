package dev.portcullis.gateway.token;

/**
 * One use of a token, to be noted.
 *
 * @param tokenId whose
 * @param use when and from where
 */
public record Use(String tokenId, LastUse use) {}
