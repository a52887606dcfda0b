package dev.portcullis.gateway.control;

import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What stands before every handler: nobody gets past who may not do what is asked for. */
final class Guard {

  /** Handles what an operator asks for. */
  @FunctionalInterface
  interface OperatorHandler {
    Mono<ServerResponse> handle(Operator operator, ServerRequest request);
  }

  private final OperatorGate gate;

  Guard(OperatorGate gate) {
    this.gate = gate;
  }

  /** The handler, for operators with this permission only. */
  HandlerFunction<ServerResponse> only(Permission permission, OperatorHandler handler) {
    return request ->
        gate.admit(request, permission)
            .flatMap(
                admission ->
                    switch (admission) {
                      case OperatorGate.Admitted(Operator operator) ->
                          handler.handle(operator, request);
                      case OperatorGate.Refused(Problem problem) -> Answers.problem(problem);
                    });
  }
}
