package dev.portcullis.gateway.token;

import java.time.Instant;
import java.util.Optional;

/**
 * When a token was last used, to the minute, and from where.
 *
 * @param from the client's address in its written form; empty where it is unknown
 */
public record LastUse(Instant at, Optional<String> from) {}
