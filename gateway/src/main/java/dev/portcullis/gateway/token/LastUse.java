package dev.portcullis.gateway.token;

import java.time.Instant;
import java.util.Optional;

/**
 * When and from where a token was used last, to the minute.
 *
 * @param at when
 * @param from the client's address; empty where it was not known
 */
public record LastUse(Instant at, Optional<String> from) {}
