package dev.portcullis.gateway.control;

import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.registry.Outcome;
import java.util.function.Supplier;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * A request of an operator who may ask for it.
 *
 * @param operator who asks
 * @param request what for
 * @param again who it is by now, for what takes long; not found where they no longer may
 */
record OperatorCall(
    Operator operator, ServerRequest request, Supplier<Mono<Outcome<Operator>>> again) {

  /** What does what is asked for. */
  @FunctionalInterface
  interface Handler {
    Mono<Reply> handle(OperatorCall call);
  }

  Author author() {
    return operator.author();
  }

  /** The id in the path. */
  String id() {
    return request.pathVariable("id");
  }
}
