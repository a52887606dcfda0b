package dev.portcullis.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A request as the filters and the upstream see it: its body is the received one, untouched. */
final class OutboundRequest extends ServerHttpRequestDecorator {
  private final HttpHeaders fields;
  private final org.springframework.http.HttpHeaders headers;
  private final Set<String> hiddenCookies;

  private OutboundRequest(
      ServerHttpRequest received, HttpHeaders fields, Set<String> hiddenCookies) {
    super(received);
    this.fields = fields;
    this.headers = new org.springframework.http.HttpHeaders(new Netty4HeadersAdapter(fields));
    this.hiddenCookies = hiddenCookies;
  }

  /** The request with these field lines instead, and without these cookies. */
  static ServerHttpRequest of(
      ServerHttpRequest addressed, HttpHeaders fields, Set<String> hiddenCookies) {
    return new OutboundRequest(addressed, fields, hiddenCookies);
  }

  /** Adds a request's field lines to these. */
  static void copy(ServerHttpRequest request, HttpHeaders fields) {
    if (request instanceof OutboundRequest outbound) {
      fields.add(outbound.fields);
    } else {
      request.getHeaders().forEach(fields::add);
    }
  }

  @Override
  public org.springframework.http.HttpHeaders getHeaders() {
    return headers;
  }

  @Override
  public MultiValueMap<String, HttpCookie> getCookies() {
    if (hiddenCookies.isEmpty()) {
      return super.getCookies();
    }
    MultiValueMap<String, HttpCookie> cookies = new LinkedMultiValueMap<>(super.getCookies());
    hiddenCookies.forEach(cookies::remove);
    return cookies;
  }
}
