package dev.portcullis.gateway.proxy;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.putUriTemplateVariables;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.gateway.decision.TrustedProxies;
import dev.portcullis.gateway.trace.RequestTrace;
import dev.portcullis.gateway.trace.Tracing;
import dev.portcullis.policy.CanonicalPath;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import java.util.List;
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
import reactor.netty.http.server.HttpServerRequest;

/**
 * All that answers on the data plane's port: a request follows a route of a policy or is refused.
 *
 * <p>It stands in the place of Spring's {@code DispatcherHandler}, so that no controller, static
 * resource, actuator endpoint or error page can be reached there, whatever is in the context.
 */
final class DataPlane implements HttpHandler {
  private final ActivePolicies policies;
  private final TrustedProxies proxies;
  private final WebHandler filters;
  private final Refusals refusals;
  private final UpstreamFaults faults;
  private final ServerCodecConfigurer codecs;
  private final List<Passage.Observer> observers;
  private final Tracing tracing;
  private final Ticker ticker;
  private final WebSessionManager sessions = new DefaultWebSessionManager();
  private final LocaleContextResolver locales = new AcceptHeaderLocaleContextResolver();

  DataPlane(
      ActivePolicies policies,
      TrustedProxies proxies,
      WebHandler filters,
      Refusals refusals,
      UpstreamFaults faults,
      ServerCodecConfigurer codecs,
      List<Passage.Observer> observers,
      Tracing tracing,
      Ticker ticker) {
    this.policies = policies;
    this.proxies = proxies;
    this.filters = filters;
    this.refusals = refusals;
    this.faults = faults;
    this.codecs = codecs;
    this.observers = List.copyOf(observers);
    this.tracing = tracing;
    this.ticker = ticker;
  }

  @Override
  public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
    HttpServerRequest received = ((AbstractServerHttpRequest) request).getNativeRequest();
    Inbound inbound = Inbound.of(received, proxies);
    response.getHeaders().set(RequestId.HEADER, inbound.id());
    long begun = ticker.read();
    RequestTrace trace =
        tracing.begin(received.method().name(), inbound.lines(), inbound.trusted(), begun);
    Passage passage = new Passage(inbound, begun, observers, trace);
    AnswerWatch.await(inbound.channel(), passage);
    Mono<Void> handled;
    try {
      handled = route(passage, request, response);
    } catch (RuntimeException e) {
      handled = Mono.error(e);
    }
    return handled
        .onErrorResume(failure -> answer(failure, passage, response))
        .then(Mono.defer(response::setComplete));
  }

  private Mono<Void> answer(Throwable failure, Passage passage, ServerHttpResponse response) {
    return failure instanceof RejectedBody body && !response.isCommitted()
        ? refusals.reject(passage, body.asRequest(), response)
        : faults.answer(failure, passage, response);
  }

  private Mono<Void> route(
      Passage passage, ServerHttpRequest request, ServerHttpResponse response) {
    Inbound inbound = passage.inbound();
    Optional<RejectedRequest> rejected = RejectedRequest.in(inbound.fields());
    if (rejected.isPresent()) {
      return refusals.reject(passage, rejected.get(), response);
    }
    String target = inbound.request().uri();
    int mark = target.indexOf('?');
    return switch (CanonicalPath.of(mark < 0 ? target : target.substring(0, mark))) {
      case CanonicalPath.Rejected(String detail) ->
          refusals.unrouted(passage, Denied.because(Reason.REQUEST_REJECTED, detail), response);
      case CanonicalPath.Canonical(CanonicalPath path) -> {
        passage.leadsTo(path);
        CompiledPolicies compiled = policies.compiled();
        String method = inbound.request().method().name();
        Optional<RouteMatch> match = compiled.policies().index().match(method, path);
        if (match.isEmpty()) {
          yield refusals.unrouted(passage, Denied.because(Reason.NO_ROUTE), response);
        }
        RequestHead head =
            new RequestHead(
                method,
                path,
                mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1)),
                inbound.lines(),
                inbound.client(),
                inbound.transport());
        CompiledRoute route = compiled.of(match.get());
        yield follow(new Routed(passage, head, match.get(), route), request, response);
      }
    };
  }

  private Mono<Void> follow(Routed routed, ServerHttpRequest request, ServerHttpResponse response) {
    routed.passage().follows(routed);
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
