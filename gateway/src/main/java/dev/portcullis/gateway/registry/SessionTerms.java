package dev.portcullis.gateway.registry;

import dev.portcullis.policy.GrantedScopes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a session is to be.
 *
 * @param scopes within its access key's; empty for all of those
 * @param lifetime how long it lives; no longer than the access key
 * @param prefixes what secrets of sessions begin with, separator included, by the API that the
 *     access key was made for; the gateway's own where there is none
 */
public record SessionTerms(
    Optional<GrantedScopes> scopes,
    Duration lifetime,
    Function<String, Optional<String>> prefixes) {}
