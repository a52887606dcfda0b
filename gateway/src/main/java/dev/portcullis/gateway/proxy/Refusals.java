package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.policy.Answer;
import dev.portcullis.policy.ErrorProfile;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RefusalContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Refuses requests: counts them, logs them, and answers as the API's profile says. */
final class Refusals {
  private final Meters meters;
  private final Supplier<ErrorProfile> unrouted;
  private final LimitFields limits;
  private final RefusalLog log;

  /** With this profile for requests that no policy has a say about. */
  Refusals(Meters meters, Supplier<ErrorProfile> unrouted, LimitFields limits, RefusalLog log) {
    this.meters = meters;
    this.unrouted = unrouted;
    this.limits = limits;
    this.log = log;
  }

  /** Refuses a request that has a route. */
  Mono<Void> routed(Routed routed, Denied denied, ServerHttpResponse response) {
    record(routed.passage(), denied);
    Policy policy = routed.match().policy();
    Answer answer = answer(policy.errors(), routed.inbound(), denied);
    limits.set(denied.limits(), policy.limitHeaders(), response.getHeaders());
    // what the profile says of limits stands
    answer.headers().stream()
        .map(Answer.Header::name)
        .filter(name -> LimitFields.areTold(name.toLowerCase(Locale.ROOT)))
        .forEach(response.getHeaders()::remove);
    return write(answer, routed.inbound(), response);
  }

  /** Counts and logs a refusal that somebody else answers. */
  void counted(Routed routed, Denied denied) {
    record(routed.passage(), denied);
  }

  /** Counts and logs a refusal on a route in shadow mode, which refuses nothing. */
  void shadow(Routed routed, Denied denied) {
    String api = routed.match().policy().api();
    String route = routed.match().route().id();
    meters.shadowRefused(api, route, denied.reason());
    log.wouldRefuse(routed.passage(), denied);
  }

  /** Refuses a request before it had a route. */
  Mono<Void> unrouted(Passage passage, Denied denied, ServerHttpResponse response) {
    record(passage, denied);
    Inbound inbound = passage.inbound();
    return write(answer(unrouted.get(), inbound, denied), inbound, response);
  }

  /** Refuses a request that is not lawful HTTP, and closes its connection. */
  Mono<Void> reject(Passage passage, RejectedRequest rejected, ServerHttpResponse response) {
    Denied denied = Denied.because(Reason.REQUEST_REJECTED, rejected.detail());
    record(passage, denied);
    Inbound inbound = passage.inbound();
    response.getHeaders().set(HttpHeaders.CONNECTION, "close");
    Answer answer =
        rejected
            .ownStatus()
            .map(status -> ProblemDetails.of(status, inbound.id()))
            .orElseGet(() -> answer(unrouted.get(), inbound, denied));
    return write(answer, inbound, response);
  }

  private static Answer answer(ErrorProfile profile, Inbound inbound, Denied denied) {
    RefusalContext context =
        new RefusalContext(inbound.id(), denied.requiredScope(), denied.retryAfter());
    return profile.answer(
        denied.reason(),
        denied
            .limits()
            .standing()
            .map(standing -> context.by(standing.limit(), standing.remaining()))
            .orElse(context));
  }

  private void record(Passage passage, Denied denied) {
    passage.refused(denied);
    meters.refused(passage.api(), passage.route(), denied.reason());
    log.refused(passage, denied);
  }

  /**
   * Sends an answer of the gateway's own. Where no body is to come, it does so in a turn of its own
   * of the connection's event loop: Reactor Netty 1.3.7 stops reading a connection for good when a
   * request that had to wait for the one before it is answered in the turn in which it is begun
   * (reactor-netty issue 4361). Behind a head, a body that is none would close the connection
   * first.
   */
  static Mono<Void> write(Answer answer, Inbound inbound, ServerHttpResponse response) {
    response.setRawStatusCode(answer.status());
    HttpHeaders headers = response.getHeaders();
    for (Answer.Header header : answer.headers()) {
      headers.add(header.name(), header.value());
    }
    if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
      headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    headers.remove(HttpHeaders.TRANSFER_ENCODING);
    headers.setContentLength(body.length);
    DataBuffer buffer = response.bufferFactory().wrap(body);
    Mono<Void> written = response.writeWith(Mono.just(buffer));
    return inbound.hasBody()
        ? written
        : written.subscribeOn(Schedulers.fromExecutor(inbound.channel().eventLoop()));
  }
}
