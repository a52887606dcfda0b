package dev.portcullis.gateway.registry;

import java.util.Optional;

/**
 * Where a new secret is to be put instead of being shown.
 *
 * @param name of the parameter
 * @param key to encrypt it under, as the parameter store names its keys; empty for its usual one
 */
public record Storage(String name, Optional<String> key) {}
