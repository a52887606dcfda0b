package dev.portcullis.gateway.registry;

import java.util.Optional;

/**
 * What a {@link ParameterStore} knows a secret by.
 *
 * @param name as the programs ask for it that use it
 * @param organization of the token; names of different ones may be apart
 * @param token the id of the token whose secret it is
 */
public record Parameter(String name, Optional<String> organization, String token) {}
