package dev.portcullis.gateway.proxy;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

import dev.portcullis.gateway.trace.CallTrace;
import dev.portcullis.gateway.trace.RequestTrace;
import java.util.Set;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Tells the upstream of the trace that the request is part of (W3C Trace Context), and follows the
 * call of a sampled one; each attempt, where a filter tries again. It stands right before whoever
 * sends the request.
 */
final class TraceFilter implements GlobalFilter, Ordered {
  private static final String PARENT = "traceparent";
  private static final String STATE = "tracestate";

  /** Hands the trace on in these fields, as if the upstream were called from the request's span. */
  static void handOn(RequestTrace trace, HttpHeaders headers) {
    if (trace.isFollowed()) {
      headers.set(PARENT, trace.traceParent());
      if (!trace.isContinued()) {
        headers.remove(STATE);
      }
    }
  }

  @Override
  public int getOrder() {
    // before the WebSockets' filter, which is one before the last
    return Ordered.LOWEST_PRECEDENCE - 2;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain rest) {
    RequestTrace trace = Routed.of(exchange).passage().trace();
    if (!trace.isSampled()) {
      return rest.filter(exchange);
    }
    ServerHttpRequest request = exchange.getRequest();
    CallTrace call =
        trace.call(
            request.getMethod().name(), exchange.getRequiredAttribute(GATEWAY_REQUEST_URL_ATTR));
    OutgoingFields fields = OutgoingFields.none();
    OutboundRequest.copy(request, fields.lines());
    fields.lines().set(PARENT, call.traceParent());
    Mono<Void> sent =
        rest.filter(
            exchange.mutate().request(OutboundRequest.of(request, fields, Set.of())).build());
    return followed(sent, call, exchange);
  }

  private static Mono<Void> followed(Mono<Void> sent, CallTrace call, ServerWebExchange exchange) {
    return sent.doOnSuccess(_ -> answered(call, exchange))
        .doOnError(failure -> call.failed(type(failure)))
        .doFinally(_ -> call.ended());
  }

  private static void answered(CallTrace call, ServerWebExchange exchange) {
    HttpClientResponse response = exchange.getAttribute(CLIENT_RESPONSE_ATTR);
    if (response != null) {
      call.answered(response.status().code());
    }
  }

  private static String type(Throwable failure) {
    Throwable cause = failure.getCause();
    return (failure instanceof UpstreamFaults.Fault && cause != null ? cause : failure)
        .getClass()
        .getName();
  }
}
