package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers in JSON, none of which is to be kept by a cache. */
final class Answers {
  private Answers() {}

  /** The answer to a request that was done. */
  static Mono<ServerResponse> json(HttpStatus status, Object body) {
    return write(ServerResponse.status(status).contentType(MediaType.APPLICATION_JSON), body);
  }

  /** The answer to a request that was not. */
  static Mono<ServerResponse> problem(Problem problem) {
    return write(
        ServerResponse.status(problem.status())
            .headers(headers -> problem.headers().forEach(headers::set))
            .contentType(MediaType.APPLICATION_PROBLEM_JSON),
        details(problem));
  }

  /** The answer to what became of a request to the registry about {@code what}. */
  static <T> Mono<ServerResponse> outcome(
      String what, Outcome<T> outcome, Function<T, Mono<ServerResponse>> done) {
    return switch (outcome) {
      case Outcome.Done(T value) -> done.apply(value);
      case Outcome.NotFound<T> _ -> problem(Problem.notFound(what));
      case Outcome.Conflict<T>(String field, String detail) ->
          problem(Problem.ofConflict(new FieldProblem(field, detail)));
      case Outcome.Unavailable<T> _ -> problem(Problem.unavailable());
    };
  }

  /** The members of problem details (RFC 9457, section 3), and {@code errors} by field. */
  private static Map<String, Object> details(Problem problem) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("type", "about:blank");
    details.put("title", problem.status().getReasonPhrase());
    details.put("status", problem.status().value());
    details.put("detail", problem.detail());
    List<FieldProblem> errors = problem.errors();
    if (!errors.isEmpty()) {
      details.put("errors", errors);
    }
    return details;
  }

  /** Writes a refusal where no handler is at work. */
  static Mono<Void> write(ServerWebExchange exchange, Problem problem) {
    ServerHttpResponse response = exchange.getResponse();
    response.setStatusCode(problem.status());
    response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    response.getHeaders().setCacheControl(CacheControl.noStore());
    problem.headers().forEach(response.getHeaders()::set);
    byte[] body = Json.MAPPER.writeValueAsBytes(details(problem));
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  private static Mono<ServerResponse> write(ServerResponse.BodyBuilder answer, Object body) {
    return answer
        .cacheControl(CacheControl.noStore())
        .bodyValue(Json.MAPPER.writeValueAsBytes(body));
  }
}
