package dev.portcullis.gateway.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The control plane's own description (OpenAPI 3.1). */
final class Description {
  /** Beside this class. */
  static final String RESOURCE = "openapi.json";

  private final Reply reply = Reply.ok(load());

  Mono<Reply> read(OperatorCall call) {
    return Mono.just(reply);
  }

  static JsonNode load() {
    try (InputStream in =
        Objects.requireNonNull(Description.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return Json.MAPPER.readTree(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
