package dev.portcullis.gateway.control;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * A filter that reads what is left of a request's body before the answer begins, for a bounded
 * time. A body that arrives while the answer is being ended can leave the connection unread for
 * ever, and the next request on it without an answer.
 */
final class UnreadBodies implements WebFilter, Ordered {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (hasBody(exchange.getRequest().getHeaders())) {
      exchange.getResponse().beforeCommit(() -> drained(exchange));
    }
    return chain.filter(exchange);
  }

  private static boolean hasBody(HttpHeaders headers) {
    return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
  }

  private static Mono<Void> drained(ServerWebExchange exchange) {
    ServerHttpResponse response = exchange.getResponse();
    if (MediaType.APPLICATION_NDJSON.equals(response.getHeaders().getContentType())) {
      // Its answer is made of the body, piece by piece.
      return Mono.empty();
    }
    return exchange
        .getRequest()
        .getBody()
        // Not left to whoever discards what nobody wants: that may be done, or not.
        .map(DataBufferUtils::release)
        .then()
        .timeout(PATIENCE)
        .doOnError(TimeoutException.class, e -> response.getHeaders().setConnection("close"))
        // A body that was read already is not read again, and says so.
        .onErrorComplete();
  }
}
