package dev.portcullis.gateway.registry;

import java.util.Optional;

/**
 * What is kept of an answered request, so that a repeat can be answered with the same secret, which
 * is not among it.
 *
 * @param fingerprint of the request's body
 * @param token the id of the token that was made
 * @param pepper the id of the one under which its secret was made
 * @param salt its secret was made of, in hex
 * @param prefix that its secret begins with; empty for the gateway's own
 */
public record Receipt(
    String fingerprint, String token, String pepper, String salt, Optional<String> prefix) {}
