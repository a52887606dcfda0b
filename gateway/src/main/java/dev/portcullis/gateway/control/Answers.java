package dev.portcullis.gateway.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The writing of replies, none of which is to be kept by a cache. */
final class Answers {
  private Answers() {}

  /** Writes a reply. */
  static Mono<ServerResponse> of(Reply reply, ServerRequest request) {
    return switch (reply) {
      case Reply.Json json ->
          bytes(
              ServerResponse.status(json.status())
                  .headers(headers -> json.headers().forEach(headers::set))
                  .contentType(MediaType.APPLICATION_JSON),
              json.body());
      case Reply.Stream(MediaType type, Flux<byte[]> pieces) ->
          ServerResponse.ok()
              .contentType(type)
              .cacheControl(CacheControl.noStore())
              // The pieces of a stream may never end, and HEAD wants none of them.
              .body(atOnce(request.method().equals(HttpMethod.HEAD) ? Flux.empty() : pieces));
      case Reply.Refused refused -> problem(refused.problem());
    };
  }

  /** Writes a refusal. */
  static Mono<ServerResponse> problem(Problem problem) {
    return bytes(
        ServerResponse.status(problem.status())
            .headers(headers -> problem.headers().forEach(headers::set))
            .contentType(MediaType.APPLICATION_PROBLEM_JSON),
        details(problem));
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

  private static Mono<ServerResponse> bytes(ServerResponse.BodyBuilder answer, Object body) {
    return answer
        .cacheControl(CacheControl.noStore())
        .bodyValue(Json.MAPPER.writeValueAsBytes(body));
  }

  private static BodyInserter<Flux<byte[]>, ReactiveHttpOutputMessage> atOnce(Flux<byte[]> pieces) {
    return (response, _) ->
        response.writeAndFlushWith(pieces.map(piece -> Mono.<DataBuffer>just(buffer(piece))));
  }

  private static DataBuffer buffer(byte[] piece) {
    return DefaultDataBufferFactory.sharedInstance.wrap(piece);
  }
}
