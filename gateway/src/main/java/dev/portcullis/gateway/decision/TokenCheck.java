package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Denied;
import java.util.Optional;
import java.util.function.Function;

/**
 * One check of a known token against one request.
 *
 * @param name a word for people
 * @param refusal why the token may not be used so; empty where it may
 * @param facts what it goes by, in words for people
 */
record TokenCheck(
    String name, Function<TokenUse, Optional<Denied>> refusal, Function<TokenUse, String> facts) {}
