package dev.portcullis.gateway.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * A file of the page, which is the same for whoever asks. Nothing but the control plane's own files
 * may be loaded or asked by it (Content Security Policy, level 3), and no text becomes markup or
 * script (Trusted Types).
 */
final class PageFile implements HandlerFunction<ServerResponse> {
  private static final String SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private final MediaType type;
  private final byte[] content;
  private final String tag;

  private PageFile(MediaType type, byte[] content) {
    this.type = type;
    this.content = content;
    this.tag = '"' + DigestUtils.md5DigestAsHex(content) + '"';
  }

  /** Of a resource; absolute, or beside this class. */
  static PageFile of(MediaType type, String resource) {
    try (InputStream in =
        Objects.requireNonNull(PageFile.class.getResourceAsStream(resource), resource)) {
      return new PageFile(type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Mono<ServerResponse> handle(ServerRequest request) {
    return ServerResponse.ok()
        .contentType(type)
        .eTag(tag)
        .cacheControl(CacheControl.noCache())
        .header("Content-Security-Policy", SECURITY_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .bodyValue(content);
  }
}
