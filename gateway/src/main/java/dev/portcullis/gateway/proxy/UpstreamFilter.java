package dev.portcullis.gateway.proxy;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.ORIGINAL_RESPONSE_CONTENT_TYPE_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.isAlreadyRouted;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.setAlreadyRouted;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Sends the request to the upstream and takes the head of its response; {@link AnswerFilter} then
 * passes the body on.
 *
 * <p>It stands in the place of {@code NettyRoutingFilter}, which gathers the whole body of a {@code
 * GET} or {@code DELETE} in memory and holds a slow upload against the upstream.
 */
final class UpstreamFilter implements GlobalFilter, Ordered {
  private final UpstreamClients clients;

  UpstreamFilter(UpstreamClients clients) {
    this.clients = clients;
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain rest) {
    URI url = exchange.getRequiredAttribute(GATEWAY_REQUEST_URL_ATTR);
    if (isAlreadyRouted(exchange)) {
      return rest.filter(exchange);
    }
    setAlreadyRouted(exchange);
    return clients
        .of(Routed.of(exchange).inbound().channel().eventLoop())
        .request(HttpMethod.valueOf(exchange.getRequest().getMethod().name()))
        .uri(withoutQuery(url))
        .send(
            (request, outbound) -> {
              outbound.withConnection(
                  to -> to.channel().attr(UpstreamWatch.QUERY).set(url.getRawQuery()));
              return send(exchange, request, outbound);
            })
        .responseConnection((response, connection) -> receive(exchange, response, connection))
        .onErrorMap(UpstreamFaults.Fault::of)
        .then(rest.filter(exchange));
  }

  private static URI withoutQuery(URI url) {
    String text = url.toString();
    int query = text.indexOf('?');
    return query < 0 ? url : URI.create(text.substring(0, query));
  }

  private static Publisher<Void> send(
      ServerWebExchange exchange, HttpClientRequest upstream, NettyOutbound outbound) {
    ServerHttpRequest request = exchange.getRequest();
    var fields = upstream.requestHeaders();
    String host = fields.get(HttpHeaders.HOST);
    fields.clear();
    OutboundRequest.copy(request, fields);
    if (!exchange.getAttributeOrDefault(PRESERVE_HOST_HEADER_ATTRIBUTE, false)
        || !fields.contains(HttpHeaders.HOST)) {
      fields.set(HttpHeaders.HOST, host);
    }
    if (!fields.contains(HttpHeaders.TRANSFER_ENCODING)
        && !fields.contains(HttpHeaders.CONTENT_LENGTH)) {
      return outbound;
    }
    Flux<ByteBuf> body = request.getBody().map(NettyDataBufferFactory::toByteBuf);
    // As an object, for a GET's body would be gathered whole before it is sent as bytes.
    return outbound.sendObject(body);
  }

  private static Publisher<HttpClientResponse> receive(
      ServerWebExchange exchange, HttpClientResponse response, Connection connection) {
    UpstreamResponse.copyHead(response, exchange);
    exchange.getAttributes().put(CLIENT_RESPONSE_ATTR, response);
    exchange.getAttributes().put(CLIENT_RESPONSE_CONN_ATTR, connection);
    String contentType = response.responseHeaders().get(HttpHeaders.CONTENT_TYPE);
    if (contentType != null) {
      exchange.getAttributes().put(ORIGINAL_RESPONSE_CONTENT_TYPE_ATTR, contentType);
    }
    return Mono.just(response);
  }
}
