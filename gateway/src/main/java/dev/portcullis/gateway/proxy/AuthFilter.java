package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.LimitReport;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.token.LastUses;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Answer;
import dev.portcullis.policy.Policy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The one filter that authenticates: waits for the decision, and refuses the request or passes it
 * on without credentials and with the identity that was verified, or has it answered where the
 * route has a responder. What would be refused on another route passes without an identity on one
 * in shadow mode.
 */
final class AuthFilter implements GlobalFilter, Ordered {
  private final Admission admission;
  private final OutboundHeaders outbound;
  private final OwnAnswers own;
  private final LimitFields limits;
  private final LastUses uses;
  private final Meters meters;

  AuthFilter(
      Admission admission,
      OutboundHeaders outbound,
      OwnAnswers own,
      LimitFields limits,
      LastUses uses,
      Meters meters) {
    this.admission = admission;
    this.outbound = outbound;
    this.own = own;
    this.limits = limits;
    this.uses = uses;
    this.meters = meters;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain rest) {
    Routed routed = Routed.of(exchange);
    CompletableFuture<Decision> decision = routed.deliberation().decision();
    if (routed.deliberation().atOnce()) {
      return act(decision.join(), routed, exchange, rest);
    }
    // The future may be one that other requests wait for too: cancelling this one leaves it alone.
    return Mono.fromFuture(decision, true)
        .publishOn(Schedulers.fromExecutor(routed.inbound().channel().eventLoop()))
        .flatMap(made -> act(made, routed, exchange, rest));
  }

  private Mono<Void> act(
      Decision decision, Routed routed, ServerWebExchange exchange, GatewayFilterChain rest) {
    Optional<Answer> refused =
        admission.settle(routed, decision, exchange.getResponse().getHeaders());
    if (refused.isPresent()) {
      return OwnMessage.write(refused.get(), routed.inbound(), exchange.getResponse());
    }
    Optional<Responder> responder = routed.route().responder();
    if (responder.isEmpty() && !(decision instanceof Decision.Denied)) {
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
}
