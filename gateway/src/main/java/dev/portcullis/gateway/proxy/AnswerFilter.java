package dev.portcullis.gateway.proxy;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Writes the upstream's response: a short one whole, head and body in one piece; any other streams
 * through {@link NettyWriteResponseFilter}, whose place this is.
 */
final class AnswerFilter implements GlobalFilter, Ordered {
  /** The longest body that is waited for, in bytes. */
  private static final int SHORT = 16 << 10;

  private final NettyWriteResponseFilter streaming;

  AnswerFilter(NettyWriteResponseFilter streaming) {
    this.streaming = streaming;
  }

  @Override
  public int getOrder() {
    return streaming.getOrder();
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain rest) {
    return rest.filter(exchange)
        .then(Mono.defer(() -> write(exchange)))
        .doFinally(signal -> end(signal, exchange));
  }

  private Mono<Void> write(ServerWebExchange exchange) {
    HttpClientResponse upstream = exchange.getAttribute(CLIENT_RESPONSE_ATTR);
    Connection connection = exchange.getAttribute(CLIENT_RESPONSE_CONN_ATTR);
    return upstream != null && connection != null && isShort(upstream)
        ? whole(connection, exchange.getResponse())
        : streaming.filter(exchange, written -> Mono.empty());
  }

  private static boolean isShort(HttpClientResponse upstream) {
    String length = upstream.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
    // The decoder has checked that it is a number.
    return length != null && length.length() <= 5 && Integer.parseInt(length) <= SHORT;
  }

  private static Mono<Void> whole(Connection connection, ServerHttpResponse response) {
    NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
    Mono<DataBuffer> body =
        connection
            .inbound()
            .receive()
            .retain()
            .reduce(AnswerFilter::joined)
            .doOnDiscard(ByteBuf.class, ByteBuf::release)
            .map(buffers::wrap);
    return response.writeWith(body);
  }

  /** Both parts, which are given away, in one. */
  private static ByteBuf joined(ByteBuf first, ByteBuf next) {
    ByteBuf all = first;
    if (!first.isWritable(next.readableBytes())) {
      all = first.alloc().buffer(SHORT);
      all.writeBytes(first);
      first.release();
    }
    all.writeBytes(next);
    next.release();
    return all;
  }

  private static void end(SignalType signal, ServerWebExchange exchange) {
    if (signal == SignalType.CANCEL || signal == SignalType.ON_ERROR) {
      Connection connection = exchange.getAttribute(CLIENT_RESPONSE_CONN_ATTR);
      if (connection != null) {
        connection.dispose();
      }
    }
  }
}
