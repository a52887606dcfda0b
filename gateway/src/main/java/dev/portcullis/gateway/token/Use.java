package dev.portcullis.gateway.token;

import java.time.Instant;
import java.util.Optional;

/**
 * One use of a token, to be written down.
 *
 * @param tokenId whose
 * @param at when
 * @param from the client's address in its written form; empty where it is unknown
 */
public record Use(String tokenId, Instant at, Optional<String> from) {}
