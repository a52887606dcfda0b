package dev.portcullis.gateway.control;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The paths of the control plane, and what each method does there. */
final class ControlRoutes {
  private final Guard guard;
  private final PrincipalHandlers principals;
  private final TokenCreation creation;
  private final TokenHandlers tokens;

  ControlRoutes(
      Guard guard, PrincipalHandlers principals, TokenCreation creation, TokenHandlers tokens) {
    this.guard = guard;
    this.principals = principals;
    this.creation = creation;
    this.tokens = tokens;
  }

  /**
   * All paths; the last takes what no other does, so that no other server's routes show through.
   */
  RouterFunction<ServerResponse> all() {
    HandlerFunction<ServerResponse> revoke = guard.only(Permission.TOKENS_REVOKE, tokens::revoke);
    return path(
            "/v1/principals",
            Map.of(
                GET, guard.only(Permission.PRINCIPALS_READ, principals::list),
                POST, guard.only(Permission.PRINCIPALS_CREATE, principals::create)))
        .and(
            path(
                "/v1/principals/{id}",
                Map.of(GET, guard.only(Permission.PRINCIPALS_READ, principals::show))))
        .and(
            path(
                "/v1/tokens",
                Map.of(
                    GET, guard.only(Permission.TOKENS_READ, tokens::list),
                    POST, guard.only(Permission.TOKENS_CREATE, creation::create))))
        .and(
            path(
                "/v1/tokens/{id}",
                Map.of(GET, guard.only(Permission.TOKENS_READ, tokens::show), DELETE, revoke)))
        .and(path("/v1/tokens/{id}/revoke", Map.of(POST, revoke)))
        .and(
            RouterFunctions.route(
                RequestPredicates.all(), _ -> Answers.problem(Problem.notFound("path"))));
  }

  private static RouterFunction<ServerResponse> path(
      String pattern, Map<HttpMethod, HandlerFunction<ServerResponse>> handlers) {
    Map<HttpMethod, HandlerFunction<ServerResponse>> byMethod = new HashMap<>(handlers);
    if (handlers.containsKey(GET)) {
      byMethod.put(HEAD, handlers.get(GET));
    }
    HandlerFunction<ServerResponse> otherwise = _ -> Answers.problem(notAllowed(byMethod));
    return RouterFunctions.route(
        RequestPredicates.path(pattern),
        request -> byMethod.getOrDefault(request.method(), otherwise).handle(request));
  }

  private static Problem notAllowed(Map<HttpMethod, ?> byMethod) {
    String allowed =
        byMethod.keySet().stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
    return new Problem(
        HttpStatus.METHOD_NOT_ALLOWED,
        "this path takes " + allowed,
        List.of(),
        Map.of(HttpHeaders.ALLOW, allowed));
  }
}
