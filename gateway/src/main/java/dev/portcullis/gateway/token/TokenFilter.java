package dev.portcullis.gateway.token;

import java.util.Optional;

/**
 * Which tokens to list.
 *
 * @param principal only of this one
 * @param organization only of this one
 * @param status only these
 */
public record TokenFilter(
    Optional<String> principal, Optional<String> organization, Optional<TokenStatus> status) {}
