package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Page;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Replies to what operators ask about the routes in force. */
final class RouteHandlers {
  private static final String CURSOR = "cursor";
  private static final String ROUTE = "route";

  private final PoliciesInForce policies;
  private final CallerSearch search;

  RouteHandlers(PoliciesInForce policies, VisiblePrincipals principals) {
    this.policies = policies;
    this.search = new CallerSearch(principals);
  }

  Mono<Reply> list(OperatorCall call) {
    PageQuery query = new PageQuery(call.request().queryParams(), Set.of("api", CURSOR, "limit"));
    Optional<String> api = query.id("api");
    Optional<String> cursor = query.route(CURSOR);
    int limit = query.limit();
    return query.problems().isEmpty()
        ? Mono.fromSupplier(
            () ->
                Reply.ok(
                    ListView.of(page(api, cursor, limit), it -> RouteView.of(it, call.operator()))))
        : Mono.just(Reply.refused(Problem.ofParameters(query.problems())));
  }

  private Page<PlacedRoute> page(Optional<String> api, Optional<String> cursor, int limit) {
    List<PlacedRoute> rest =
        PlacedRoute.all(policies.current(), api)
            .filter(it -> cursor.isEmpty() || it.id().compareTo(cursor.get()) > 0)
            .limit(limit + 1L)
            .toList();
    return rest.size() <= limit
        ? new Page<>(rest, Optional.empty())
        : new Page<>(rest.subList(0, limit), Optional.of(rest.get(limit - 1).id()));
  }

  /** Whom a route lets pass; for those who may see principals too. */
  Mono<Reply> callers(OperatorCall call) {
    if (!call.operator().may(Permission.PRINCIPALS_READ)) {
      return Mono.just(Reply.refused(Problem.forbidden(Permission.PRINCIPALS_READ)));
    }
    PageQuery query = new PageQuery(call.request().queryParams(), Set.of(ROUTE, CURSOR));
    query.require(ROUTE);
    Optional<String> id = query.route(ROUTE);
    Optional<String> cursor = query.id(CURSOR);
    if (!query.problems().isEmpty() || id.isEmpty()) {
      return Mono.just(Reply.refused(Problem.ofParameters(query.problems())));
    }
    return PlacedRoute.all(policies.current(), Optional.empty())
        .filter(it -> it.id().equals(id.get()))
        .findFirst()
        .map(it -> search.of(it, call.operator(), cursor))
        .orElseGet(() -> Mono.just(Reply.refused(Problem.notFound(ROUTE))));
  }
}
