package dev.portcullis.gateway.proxy;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.putUriTemplateVariables;

import dev.portcullis.gateway.decision.Decision.Denied;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.DefaultServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.i18n.LocaleContextResolver;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/**
 * All that answers on the data plane's port: a request follows a route of a policy or is refused.
 *
 * <p>It stands in the place of Spring's {@code DispatcherHandler}, so that no controller, static
 * resource, actuator endpoint or error page can be reached there, whatever is in the context.
 */
final class DataPlane implements HttpHandler {
  private final Arrivals arrivals;
  private final WebHandler filters;
  private final Refusals refusals;
  private final UpstreamFaults faults;
  private final ServerCodecConfigurer codecs;
  private final WebSessionManager sessions = new DefaultWebSessionManager();
  private final LocaleContextResolver locales = new AcceptHeaderLocaleContextResolver();

  DataPlane(
      Arrivals arrivals,
      WebHandler filters,
      Refusals refusals,
      UpstreamFaults faults,
      ServerCodecConfigurer codecs) {
    this.arrivals = arrivals;
    this.filters = filters;
    this.refusals = refusals;
    this.faults = faults;
    this.codecs = codecs;
  }

  @Override
  public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
    HttpServerRequest received = ((AbstractServerHttpRequest) request).getNativeRequest();
    Channel channel = ((Connection) received).channel();
    Optional<Arrival> known = Door.known(channel, received.requestHeaders());
    Passage passage =
        known.map(Arrival::passage).orElseGet(() -> arrivals.begin(channel, head(received)));
    response.getHeaders().set(RequestId.HEADER, passage.inbound().id());
    Mono<Void> handled;
    try {
      handled = handle(known.orElseGet(() -> arrivals.receive(passage)), request, response);
    } catch (RuntimeException e) {
      handled = Mono.error(e);
    }
    return handled
        .onErrorResume(failure -> answer(failure, passage, response))
        .then(Mono.defer(response::setComplete));
  }

  private static HttpRequest head(HttpServerRequest received) {
    return new DefaultHttpRequest(
        received.version(), received.method(), received.uri(), received.requestHeaders());
  }

  private Mono<Void> answer(Throwable failure, Passage passage, ServerHttpResponse response) {
    return failure instanceof RejectedBody body && !response.isCommitted()
        ? reject(passage, body.asRequest(), response)
        : faults.answer(failure, passage, response);
  }

  private Mono<Void> reject(
      Passage passage, RejectedRequest rejected, ServerHttpResponse response) {
    return OwnMessage.write(
        refusals.reject(passage, rejected, response.getHeaders()), passage.inbound(), response);
  }

  private Mono<Void> handle(
      Arrival arrival, ServerHttpRequest request, ServerHttpResponse response) {
    return switch (arrival) {
      case Arrival.Unlawful(Passage passage, RejectedRequest rejected) ->
          reject(passage, rejected, response);
      case Arrival.Failed(Passage _, RuntimeException cause) -> Mono.error(cause);
      case Arrival.Unrouted(Passage passage, Denied denied) ->
          OwnMessage.write(refusals.unrouted(passage, denied), passage.inbound(), response);
      case Arrival.Followed(Routed routed) -> follow(routed, request, response);
    };
  }

  private Mono<Void> follow(Routed routed, ServerHttpRequest request, ServerHttpResponse response) {
    ServerWebExchange exchange =
        new DefaultServerWebExchange(request, response, sessions, codecs, locales);
    routed.attachTo(exchange);
    exchange.getAttributes().put(GATEWAY_ROUTE_ATTR, routed.route().route());
    if (!routed.match().variables().values().isEmpty()) {
      putUriTemplateVariables(exchange, routed.match().variables().values());
    }
    return filters.handle(exchange);
  }
}
