package dev.portcullis.gateway.control;

import dev.portcullis.gateway.audit.Author;
import java.util.function.Supplier;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * A request of an operator who may ask for it.
 *
 * @param operator who asks
 * @param request what for
 * @param admitted whether the operator still may; asked anew at each subscription
 */
record OperatorCall(Operator operator, ServerRequest request, Supplier<Mono<Boolean>> admitted) {

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
