package dev.portcullis.gateway.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.LimitReport;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.token.LastUses;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.trace.RequestTrace;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The one filter that authenticates: has the chain decide, and refuses the request or passes it on
 * without credentials and with the identity that was verified, or has it answered where the route
 * has a responder. On a route in shadow mode nothing is refused: what would be passes without an
 * identity.
 */
final class AuthFilter implements GlobalFilter, Ordered {
  private final AuthChain chain;
  private final OutboundHeaders outbound;
  private final Refusals refusals;
  private final OwnAnswers own;
  private final LimitFields limits;
  private final LastUses uses;
  private final Meters meters;
  private final Ticker ticker;

  AuthFilter(
      AuthChain chain,
      OutboundHeaders outbound,
      Refusals refusals,
      LimitFields limits,
      LastUses uses,
      Meters meters,
      Ticker ticker) {
    this.chain = chain;
    this.outbound = outbound;
    this.refusals = refusals;
    this.own = new OwnAnswers(refusals, meters);
    this.limits = limits;
    this.uses = uses;
    this.meters = meters;
    this.ticker = ticker;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain rest) {
    Routed routed = Routed.of(exchange);
    long start = ticker.read();
    CompletableFuture<Decision> decision =
        chain
            .decide(routed.head(), routed.match(), routed.passage().trace().steps())
            .toCompletableFuture();
    if (decision.isDone()) {
      return act(decision.join(), Meters.Outcome.HIT, start, routed, exchange, rest);
    }
    // The future may be one that other requests wait for too: cancelling this one leaves it alone.
    return Mono.fromFuture(decision, true)
        .publishOn(Schedulers.fromExecutor(routed.inbound().channel().eventLoop()))
        .flatMap(made -> act(made, Meters.Outcome.MISS, start, routed, exchange, rest));
  }

  private Mono<Void> act(
      Decision decision,
      Meters.Outcome how,
      long start,
      Routed routed,
      ServerWebExchange exchange,
      GatewayFilterChain rest) {
    RequestTrace trace = routed.passage().trace();
    trace.decided(routed.match(), decision);
    try (RequestTrace.Entry _ = trace.enter()) {
      meters.decided(outcome(decision, how), Duration.ofNanos(ticker.read() - start));
    }
    Optional<Responder> responder = routed.route().responder();
    routed.passage().decided(decision);
    if (decision instanceof Decision.Denied denied) {
      if (!routed.match().route().shadow()) {
        return refusals.routed(routed, denied, exchange.getResponse());
      }
      refusals.shadow(routed, denied);
    } else if (responder.isEmpty()) {
      meters.allowed(routed.match().policy().api(), routed.match().route().id());
    }
    tellLimits(decision.limits(), routed, exchange);
    if (decision instanceof Decision.Allowed allowed) {
      note(allowed, routed);
    }
    if (responder.isPresent()) {
      return own.answer(responder.get(), decision, routed, exchange);
    }
    return rest.filter(
        exchange
            .mutate()
            .request(outbound.request(exchange.getRequest(), routed, decision))
            .build());
  }

  private void note(Decision.Allowed allowed, Routed routed) {
    // another issuer's token is in no store
    if (allowed.token().kind() != TokenKind.JWT) {
      uses.record(allowed.token().notedAs(), routed.inbound().client());
    }
  }

  private void tellLimits(LimitReport report, Routed routed, ServerWebExchange exchange) {
    Policy policy = routed.match().policy();
    limits.set(report, policy.limitHeaders(), exchange.getResponse().getHeaders());
    if (report.uncounted()) {
      meters.uncounted(policy.api(), routed.match().route().id());
    }
  }

  private static Meters.Outcome outcome(Decision decision, Meters.Outcome how) {
    return switch (decision) {
      case Decision.Denied denied when denied.reason() == Reason.STORE_UNAVAILABLE ->
          Meters.Outcome.OUTAGE;
      case Decision.Denied denied -> Meters.Outcome.REFUSED;
      case Decision.Allowed allowed -> how;
      case Decision.Open open -> how;
    };
  }
}
