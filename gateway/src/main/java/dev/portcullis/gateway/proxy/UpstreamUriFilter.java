package dev.portcullis.gateway.proxy;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

import java.net.URI;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Says where the request goes, after the route's filters had their way with its path. It stands in
 * the place of {@link RouteToRequestUrlFilter}, which encodes some paths and queries anew.
 */
final class UpstreamUriFilter implements GlobalFilter, Ordered {

  @Override
  public int getOrder() {
    return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain rest) {
    ServerHttpRequest request = exchange.getRequest();
    URI requested = request.getURI();
    URI upstream =
        Routed.of(exchange)
            .route()
            .target()
            .resolve(
                WebSockets.isUpgrade(request.getHeaders()),
                requested.getRawPath(),
                requested.getRawQuery());
    exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, upstream);
    return rest.filter(exchange);
  }
}
