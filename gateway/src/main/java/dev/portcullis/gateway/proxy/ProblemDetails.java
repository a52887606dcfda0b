package dev.portcullis.gateway.proxy;

import dev.portcullis.policy.Answer;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;

/** Answers of the gateway that are no refusals of a policy, as problem details (RFC 9457). */
final class ProblemDetails {
  private ProblemDetails() {}

  /** The answer with this status; the request's id is all that it says of what went on inside. */
  static Answer of(int status, String requestId) {
    String title = HttpResponseStatus.valueOf(status).reasonPhrase();
    return new Answer(
        status,
        List.of(new Answer.Header("Content-Type", "application/problem+json")),
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"requestId\":\"%s\"}"
            .formatted(title, status, requestId));
  }
}
