package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.TokenDetails;
import java.util.Optional;

/**
 * A token with what its principal adds.
 *
 * @param details the token
 * @param organization its principal's; empty also when there is no principal any more
 */
record OwnedToken(TokenDetails details, Optional<String> organization) {}
