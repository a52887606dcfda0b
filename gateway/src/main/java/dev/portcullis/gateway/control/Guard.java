package dev.portcullis.gateway.control;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.registry.Outcome;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * What stands around every handler: nobody gets past who may not do what is asked for, and whatever
 * is refused, here or by the handler, is noted.
 */
final class Guard {
  private final OperatorGate gate;
  private final RefusedCalls refusals;

  Guard(OperatorGate gate, RefusedCalls refusals) {
    this.gate = gate;
    this.refusals = refusals;
  }

  /** The operation's handler, for operators with its permission only. */
  HandlerFunction<ServerResponse> handling(Operation operation) {
    return request ->
        gate.admit(request, operation.permission())
            .flatMap(admission -> reply(admission, operation, request))
            .flatMap(reply -> Answers.of(reply, request));
  }

  private Mono<Reply> reply(
      OperatorGate.Admission admission, Operation operation, ServerRequest request) {
    return switch (admission) {
      case OperatorGate.Admitted(Operator operator) ->
          operation
              .handler()
              .handle(new OperatorCall(operator, request, () -> again(operation, request)))
              .doOnNext(reply -> note(reply, operation.action(), operator, request));
      case OperatorGate.Refused(Problem problem, RefusedCalls.Caller caller) -> {
        refusals.note(operation.action(), caller, Subject.of(request), problem);
        yield Mono.just(Reply.refused(problem));
      }
    };
  }

  private Mono<Outcome<Operator>> again(Operation operation, ServerRequest request) {
    return gate.admitAgain(request, operation.permission())
        .map(
            admission ->
                switch (admission) {
                  case OperatorGate.Admitted(Operator operator) -> new Outcome.Done<>(operator);
                  case OperatorGate.Refused(Problem problem, var _)
                      when problem.status().is5xxServerError() ->
                      new Outcome.Unavailable<>(problem.detail());
                  case OperatorGate.Refused _ -> new Outcome.NotFound<>();
                });
  }

  private void note(Reply reply, AuditAction action, Operator operator, ServerRequest request) {
    if (reply instanceof Reply.Refused(Problem problem, Subject subject)) {
      Subject named = Subject.of(request).or(subject);
      refusals.note(action, RefusedCalls.Caller.of(operator), named, problem);
    }
  }
}
