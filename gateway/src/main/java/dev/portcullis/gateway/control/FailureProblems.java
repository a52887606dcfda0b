package dev.portcullis.gateway.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers with problem details where something failed outside a handler, or in an unforeseen way.
 */
final class FailureProblems implements WebExceptionHandler, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(FailureProblems.class);

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    return exchange.getResponse().isCommitted()
        ? Mono.error(failure)
        : Answers.write(exchange, problem(failure));
  }

  private static Problem problem(Throwable failure) {
    if (failure instanceof ResponseStatusException told) {
      HttpStatus status = HttpStatus.valueOf(told.getStatusCode().value());
      Map<String, String> headers = new HashMap<>();
      told.getHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
      return new Problem(status, status.getReasonPhrase(), List.of(), headers);
    }
    LOG.error("the control plane failed to answer", failure);
    return Problem.of(
        HttpStatus.INTERNAL_SERVER_ERROR, "this is a fault of the gateway; see its log");
  }
}
