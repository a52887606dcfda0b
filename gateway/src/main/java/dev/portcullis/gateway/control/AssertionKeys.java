package dev.portcullis.gateway.control;

import dev.portcullis.gateway.assertion.KeyRing;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The handler that tells whoever asks, operator or not, with which keys assertions are verified
 * (RFC 7517).
 */
final class AssertionKeys implements HandlerFunction<ServerResponse> {
  /** Where keys are looked for (RFC 8615). */
  static final String PATH = "/.well-known/jwks.json";

  private final KeyRing ring;

  AssertionKeys(KeyRing ring) {
    this.ring = ring;
  }

  @Override
  public Mono<ServerResponse> handle(ServerRequest request) {
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(CacheControl.maxAge(ring.publishedFor()).cachePublic())
        .bodyValue(ring.published());
  }
}
