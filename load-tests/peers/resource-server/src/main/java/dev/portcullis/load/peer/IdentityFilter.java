package dev.portcullis.load.peer;

import java.security.Principal;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Tells the upstream who calls, instead of with what. */
final class IdentityFilter implements GlobalFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return exchange
        .getPrincipal()
        .flatMap(principal -> chain.filter(identified(exchange, principal)));
  }

  private static ServerWebExchange identified(ServerWebExchange exchange, Principal principal) {
    ServerHttpRequest request =
        exchange
            .getRequest()
            .mutate()
            .headers(
                headers -> {
                  headers.remove(HttpHeaders.AUTHORIZATION);
                  headers.set("X-Auth-Email", principal.getName());
                })
            .build();
    return exchange.mutate().request(request).build();
  }
}
