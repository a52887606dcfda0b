package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.endpoint.Call;
import dev.portcullis.gateway.endpoint.Endpoint;
import dev.portcullis.gateway.endpoint.Reply;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.policy.Answer;
import dev.portcullis.policy.Reason;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Answers admitted requests in the place of an upstream. */
final class OwnAnswers {
  /** The most bytes that an endpoint is given as a request's body. */
  static final int MAX_BODY = 16 * 1024;

  private final Refusals refusals;
  private final Meters meters;

  OwnAnswers(Refusals refusals, Meters meters) {
    this.refusals = refusals;
    this.meters = meters;
  }

  Mono<Void> answer(
      Responder responder, Decision decision, Routed routed, ServerWebExchange exchange) {
    return switch (responder) {
      case Responder.Constant(Answer answer) -> {
        if (!(decision instanceof Denied)) {
          allowed(routed);
        }
        yield OwnMessage.write(answer, routed.inbound(), exchange.getResponse());
      }
      case Responder.Own(Endpoint endpoint) -> answer(endpoint, decision, routed, exchange);
    };
  }

  private Mono<Void> answer(
      Endpoint endpoint, Decision decision, Routed routed, ServerWebExchange exchange) {
    Inbound inbound = routed.inbound();
    if (!inbound.hasBody()) {
      return answer(endpoint, call(decision, routed, ""), routed, exchange);
    }
    if (exchange.getRequest().getHeaders().getContentLength() > MAX_BODY) {
      return tooLarge(routed, exchange);
    }
    return DataBufferUtils.join(exchange.getRequest().getBody(), MAX_BODY)
        .map(
            buffer -> {
              String body = buffer.toString(StandardCharsets.UTF_8);
              DataBufferUtils.release(buffer);
              return body;
            })
        .defaultIfEmpty("")
        .flatMap(body -> answer(endpoint, call(decision, routed, body), routed, exchange))
        .onErrorResume(DataBufferLimitException.class, e -> tooLarge(routed, exchange));
  }

  private static Call call(Decision decision, Routed routed, String body) {
    return new Call(decision, routed.head(), routed.match().variables(), body);
  }

  private Mono<Void> answer(
      Endpoint endpoint, Call call, Routed routed, ServerWebExchange exchange) {
    Inbound inbound = routed.inbound();
    CompletableFuture<Reply> reply = endpoint.answer(call).toCompletableFuture();
    Mono<Reply> made = Mono.fromFuture(reply, true);
    // A reply made elsewhere is sent by the connection's own thread, as all else is.
    return (reply.isDone()
            ? made
            : made.publishOn(Schedulers.fromExecutor(inbound.channel().eventLoop())))
        .doOnNext(done -> count(done, routed))
        .flatMap(done -> OwnMessage.write(written(done), inbound, exchange.getResponse()));
  }

  private void count(Reply reply, Routed routed) {
    if (reply.refusal().isPresent()) {
      refusals.counted(routed, reply.refusal().get());
    } else {
      allowed(routed);
    }
  }

  private void allowed(Routed routed) {
    meters.allowed(routed.match().policy().api(), routed.match().route().id());
  }

  private static Answer written(Reply reply) {
    return new Answer(
        reply.status(),
        reply.headers().entrySet().stream()
            .map(field -> new Answer.Header(field.getKey(), field.getValue()))
            .toList(),
        reply.body());
  }

  private Mono<Void> tooLarge(Routed routed, ServerWebExchange exchange) {
    Inbound inbound = routed.inbound();
    refusals.counted(routed, Denied.because(Reason.REQUEST_REJECTED, "the body is too large"));
    return OwnMessage.write(ProblemDetails.of(413, inbound.id()), inbound, exchange.getResponse());
  }
}
