package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.policy.RouteMatch;
import java.util.Objects;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request that has a route, on its way through the filters.
 *
 * @param inbound as received
 * @param head as the chain reads it
 * @param match what its path and method led to
 * @param route the compiled form of that
 */
record Routed(Inbound inbound, RequestHead head, RouteMatch match, CompiledRoute route) {
  private static final String KEY = Routed.class.getName();

  /** The request that this exchange is about. */
  static Routed of(ServerWebExchange exchange) {
    return (Routed) Objects.requireNonNull(exchange.getAttributes().get(KEY));
  }

  void attachTo(ServerWebExchange exchange) {
    exchange.getAttributes().put(KEY, this);
  }
}
