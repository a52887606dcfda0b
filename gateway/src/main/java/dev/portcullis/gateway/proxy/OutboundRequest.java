package dev.portcullis.gateway.proxy;

import java.util.Set;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A request as the filters and the upstream see it: its body is the received one, untouched. */
final class OutboundRequest extends ServerHttpRequestDecorator {
  private final HttpHeaders headers;
  private final Set<String> hiddenCookies;

  private OutboundRequest(
      ServerHttpRequest received, HttpHeaders headers, Set<String> hiddenCookies) {
    super(received);
    this.headers = headers;
    this.hiddenCookies = hiddenCookies;
  }

  /** The request with these headers instead, and without these cookies. */
  static ServerHttpRequest of(
      ServerHttpRequest addressed, HttpHeaders headers, Set<String> hiddenCookies) {
    return new OutboundRequest(addressed, headers, hiddenCookies);
  }

  @Override
  public HttpHeaders getHeaders() {
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
