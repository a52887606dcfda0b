package dev.portcullis.gateway.control;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of a request, once read. */
sealed interface RequestBody {
  /** The most bytes a body may have. */
  int MAX_BYTES = 64 * 1024;

  /**
   * It is one JSON object; whether its members are as they should be is still to be seen.
   *
   * @param bytes as received
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Members(JsonMembers members, byte[] bytes) implements RequestBody {}

  /** It is not. */
  record Refused(Problem problem) implements RequestBody {}

  /** Reads the body and, where it is good, goes on with it. */
  static Mono<Reply> then(ServerRequest request, Function<Members, Mono<Reply>> next) {
    return isOf(MediaType.APPLICATION_JSON, request)
        ? bytes(request)
            .map(RequestBody::parse)
            .onErrorResume(DataBufferLimitException.class, e -> Mono.just(tooLarge()))
            .flatMap(body -> then(body, next))
        : Mono.just(
            Reply.refused(
                Problem.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send 'Content-Type: application/json'")));
  }

  /** The same where a body may be left out; no body is an object without members. */
  static Mono<Reply> thenOptional(ServerRequest request, Function<Members, Mono<Reply>> next) {
    boolean none =
        request.headers().contentLength().orElse(0) == 0
            && request.headers().header("Transfer-Encoding").isEmpty();
    return none
        ? next.apply(new Members(new JsonMembers(Json.MAPPER.createObjectNode()), new byte[0]))
        : then(request, next);
  }

  private static Mono<Reply> then(RequestBody body, Function<Members, Mono<Reply>> next) {
    return switch (body) {
      case Refused(Problem problem) -> Mono.just(Reply.refused(problem));
      case Members good -> {
        Subject named = good.members().subject();
        yield next.apply(good).map(reply -> reply.about(named));
      }
    };
  }

  /** Whether the request says that its body is of this type. */
  static boolean isOf(MediaType type, ServerRequest request) {
    try {
      return request.headers().contentType().filter(type::equalsTypeAndSubtype).isPresent();
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  private static Mono<byte[]> bytes(ServerRequest request) {
    return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), MAX_BYTES)
        .map(RequestBody::drain)
        .defaultIfEmpty(new byte[0]);
  }

  private static byte[] drain(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  /** Reads one JSON object. */
  static RequestBody parse(byte[] bytes) {
    try {
      JsonNode node = Json.MAPPER.readTree(bytes);
      return node instanceof ObjectNode object
          ? new Members(new JsonMembers(object), bytes)
          : refused(HttpStatus.BAD_REQUEST, "this is not a JSON object");
    } catch (JacksonException e) {
      // Jackson's own message names classes and features of this program.
      return refused(
          HttpStatus.BAD_REQUEST,
          "this is not one JSON object, or has a name twice, or is nested too deep"
              + position(e.getLocation()));
    }
  }

  private static String position(@Nullable TokenStreamLocation at) {
    return at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static RequestBody tooLarge() {
    return refused(HttpStatus.CONTENT_TOO_LARGE, "the body has more than " + MAX_BYTES + " bytes");
  }

  private static RequestBody refused(HttpStatus status, String detail) {
    return new Refused(Problem.of(status, detail));
  }
}
