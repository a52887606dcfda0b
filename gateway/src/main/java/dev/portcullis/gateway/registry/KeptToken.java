package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.LastUse;
import dev.portcullis.gateway.token.TokenHash;
import java.util.Optional;

/**
 * A token as the store has it.
 *
 * @param details the token
 * @param hash under which it is just now
 * @param lastUse the last that was recorded; empty for never
 */
public record KeptToken(TokenDetails details, TokenHash hash, Optional<LastUse> lastUse) {}
