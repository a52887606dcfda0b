package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/** A connection to an upstream whose answer nobody will read is not left open. */
class AnswerFilterTest {
  private final AnswerFilter filter =
      new AnswerFilter(new NettyWriteResponseFilter(List.of(), HeaderFilters.of()));
  private final EmbeddedChannel upstream = new EmbeddedChannel();
  private final MockServerWebExchange exchange =
      MockServerWebExchange.from(MockServerHttpRequest.get("/"));

  @BeforeEach
  void connect() {
    exchange
        .getAttributes()
        .put(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR, Connection.from(upstream));
  }

  @Test
  void whenAFilterBehindItFails() {
    filter
        .filter(exchange, failing -> Mono.error(new IllegalStateException()))
        .onErrorComplete()
        .subscribe();
    assertThat(upstream.isOpen()).isFalse();
  }

  @Test
  void whenTheClientIsGone() {
    filter.filter(exchange, waiting -> Mono.never()).subscribe().dispose();
    assertThat(upstream.isOpen()).isFalse();
  }
}
