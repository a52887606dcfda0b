package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.policy.RouteMatch;
import java.util.Objects;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request that has a route, on its way through the filters.
 *
 * @param passage the request, and what becomes of it
 * @param head as the chain reads it
 * @param match what its path and method led to
 * @param route the compiled form of that
 * @param deliberation whether it may
 */
record Routed(
    Passage passage,
    RequestHead head,
    RouteMatch match,
    CompiledRoute route,
    Deliberation deliberation) {
  private static final String KEY = Routed.class.getName();

  /** The request as received. */
  Inbound inbound() {
    return passage.inbound();
  }

  /** The request that this exchange is about. */
  static Routed of(ServerWebExchange exchange) {
    return (Routed) Objects.requireNonNull(exchange.getAttributes().get(KEY));
  }

  void attachTo(ServerWebExchange exchange) {
    exchange.getAttributes().put(KEY, this);
  }
}
