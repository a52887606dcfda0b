package dev.portcullis.gateway.control;

import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/**
 * A filter that begins each request in a turn of its own of its connection's event loop. Reactor
 * Netty 1.3.7 stops reading a connection for good when a request that had to wait for the one
 * before it is answered in the same turn in which it is begun (reactor-netty issue 4361).
 */
final class OwnTurn implements WebFilter, Ordered {

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    Object received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
    return received instanceof Connection connection
        ? chain
            .filter(exchange)
            .subscribeOn(Schedulers.fromExecutor(connection.channel().eventLoop()))
        : chain.filter(exchange);
  }
}
