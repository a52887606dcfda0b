package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.SecretText;

/**
 * A new token, with its secret, which is not kept.
 *
 * @param token what is kept
 * @param secret to be shown once
 * @param repeated whether the request was answered before
 */
public record IssuedToken(TokenDetails token, SecretText secret, boolean repeated) {}
