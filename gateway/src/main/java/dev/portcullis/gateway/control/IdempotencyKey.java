package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.IdempotentRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What a request says of being a repeat of another: the header {@code Idempotency-Key}. */
sealed interface IdempotencyKey {
  /** The header's name. */
  String HEADER = "Idempotency-Key";

  /** It says nothing. */
  record Absent() implements IdempotencyKey {}

  /** It is the same request as any other with this key. */
  record Present(IdempotentRequest request) implements IdempotencyKey {}

  /** The header is not as it should be. */
  record Malformed(Problem problem) implements IdempotencyKey {}

  /** Of a request with this body. */
  static IdempotencyKey of(OperatorCall call, byte[] body) {
    ServerRequest request = call.request();
    List<String> values = request.headers().header(HEADER);
    if (values.isEmpty()) {
      return new Absent();
    }
    if (values.size() > 1 || !Visible.TEXT.matcher(values.getFirst()).matches()) {
      return new Malformed(
          Problem.of(
              HttpStatus.BAD_REQUEST,
              List.of(new FieldProblem(HEADER, "is not one of 1 to 255 visible characters"))));
    }
    String operation = request.method() + " " + request.path();
    return new Present(
        IdempotentRequest.of(call.operator().name(), operation, values.getFirst(), body));
  }

  /** The request to be remembered, if any. */
  default Optional<IdempotentRequest> remembered() {
    return this instanceof Present(IdempotentRequest request)
        ? Optional.of(request)
        : Optional.empty();
  }

  /** What a key looks like. */
  final class Visible {
    private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private Visible() {}
  }
}
