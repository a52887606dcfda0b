package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.KeptToken;
import java.util.Optional;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Whom and what a request names, whether or not it is there.
 *
 * @param principal its id, where it can be one
 * @param token its id, where it can be one
 */
record Subject(Optional<String> principal, Optional<String> token) {
  static final Subject NONE = new Subject(Optional.empty(), Optional.empty());

  Subject {
    principal = principal.filter(TextRule.ID::allows);
    token = token.filter(TextRule.ID::allows);
  }

  /** Those that the request's path and query name. */
  static Subject of(ServerRequest request) {
    Optional<String> id = Optional.ofNullable(request.pathVariables().get("id"));
    boolean ofPrincipal = request.path().startsWith("/v1/principals");
    return new Subject(
        id.filter(_ -> ofPrincipal).or(() -> request.queryParam("principal")),
        id.filter(_ -> !ofPrincipal).or(() -> request.queryParam("token")));
  }

  /** A token that the caller may know of, and whose it is. */
  static Subject of(KeptToken token) {
    return new Subject(
        Optional.of(token.details().token().principalId()), Optional.of(token.details().id()));
  }

  /** The same; what it does not name, as {@code other} has it. */
  Subject or(Subject other) {
    return new Subject(principal.or(other::principal), token.or(other::token));
  }
}
