package dev.portcullis.gateway.proxy;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/**
 * What is wrong with a request that is not lawful HTTP.
 *
 * <p>It travels the pipeline in the place of the request, so that it is answered in its turn and
 * like any other refusal: as a harmless request with one field line under a name that no client can
 * send, for it is no token (RFC 9110, section 5.1).
 *
 * @param ownStatus 408, 414 and 431 say more than a refusal for {@code REQUEST_REJECTED} does
 * @param detail for the log; nothing that the client sent
 */
record RejectedRequest(Optional<Integer> ownStatus, String detail) {
  private static final String DETAIL = ":rejected";
  private static final String STATUS = ":rejected-status";

  static RejectedRequest because(String detail) {
    return new RejectedRequest(Optional.empty(), detail);
  }

  static RejectedRequest withStatus(int status, String detail) {
    return new RejectedRequest(Optional.of(status), detail);
  }

  /** What stands in a request's place, if anything does. */
  static Optional<RejectedRequest> in(HttpHeaders fields) {
    String detail = fields.get(DETAIL);
    return detail == null
        ? Optional.empty()
        : Optional.of(new RejectedRequest(Optional.ofNullable(fields.getInt(STATUS)), detail));
  }

  /** The request to put in the place of the unlawful one. */
  HttpRequest standIn() {
    HttpHeaders fields =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    fields.set(DETAIL, detail);
    ownStatus.ifPresent(status -> fields.setInt(STATUS, status));
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", fields);
  }
}
