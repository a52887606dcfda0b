package dev.portcullis.gateway.control;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;

import java.util.LinkedHashMap;
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

/**
 * The paths of the control plane: every operation under its guard, what anybody may read, and
 * nothing else.
 */
final class ControlRoutes {
  private final Guard guard;
  private final Map<String, HandlerFunction<ServerResponse>> open;

  /**
   * With this guard.
   *
   * @param open what anybody may read, by path
   */
  ControlRoutes(Guard guard, Map<String, HandlerFunction<ServerResponse>> open) {
    this.guard = guard;
    this.open = Map.copyOf(open);
  }

  /**
   * Routes to these operations. Of two paths that fit, the one named first is meant. What no
   * operation has is answered too, so that no other server's routes show through.
   */
  RouterFunction<ServerResponse> to(List<Operation> operations) {
    Map<String, Map<HttpMethod, HandlerFunction<ServerResponse>>> paths = new LinkedHashMap<>();
    open.forEach((path, handler) -> paths.put(path, Map.of(GET, handler, HEAD, handler)));
    for (Operation operation : operations) {
      Map<HttpMethod, HandlerFunction<ServerResponse>> byMethod =
          paths.computeIfAbsent(operation.path(), _ -> new LinkedHashMap<>());
      byMethod.put(operation.method(), guard.handling(operation));
      if (operation.method().equals(GET)) {
        byMethod.put(HEAD, byMethod.get(GET));
      }
    }
    RouterFunctions.Builder routes = RouterFunctions.route();
    paths.forEach(
        (path, byMethod) ->
            routes.route(
                RequestPredicates.path(path),
                request ->
                    byMethod
                        .getOrDefault(request.method(), _ -> Answers.problem(notAllowed(byMethod)))
                        .handle(request)));
    return routes
        .route(RequestPredicates.all(), _ -> Answers.problem(Problem.notFound("path")))
        .build();
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
