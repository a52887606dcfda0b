package dev.portcullis.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A request as the filters and the upstream see it: its body is the received one, untouched. */
final class OutboundRequest extends ServerHttpRequestDecorator {
  private final OutgoingFields fields;
  private final Set<String> hiddenCookies;

  private OutboundRequest(
      ServerHttpRequest received, OutgoingFields fields, Set<String> hiddenCookies) {
    super(received);
    this.fields = fields;
    this.hiddenCookies = hiddenCookies;
  }

  /** The request with these field lines instead, and without these cookies. */
  static ServerHttpRequest of(
      ServerHttpRequest addressed, OutgoingFields fields, Set<String> hiddenCookies) {
    return new OutboundRequest(addressed, fields, hiddenCookies);
  }

  /** Adds a request's field lines to these. */
  static void copy(ServerHttpRequest request, HttpHeaders lines) {
    if (request instanceof OutboundRequest outbound) {
      lines.add(outbound.fields.lines());
    } else {
      request.getHeaders().forEach(lines::add);
    }
  }

  @Override
  public org.springframework.http.HttpHeaders getHeaders() {
    return fields.view();
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
