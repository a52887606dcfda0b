package dev.portcullis.gateway.proxy;

import org.springframework.cloud.gateway.filter.WebsocketRoutingFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.server.WebsocketServerSpec;

/** How requests for a WebSocket (RFC 6455, section 4.1) are told and proxied. */
final class WebSockets {
  private static final String PROTOCOL = "websocket";
  private static final String UPGRADE = "upgrade";

  private WebSockets() {}

  /** Whether the request asks for one; any other upgrade is not followed. */
  static boolean isUpgrade(Inbound inbound) {
    return inbound.fields().containsValue(HttpHeaders.UPGRADE, PROTOCOL, true)
        && HopByHop.nominated(inbound.fields().getAll(HttpHeaders.CONNECTION)).contains(UPGRADE)
        && inbound.method().equals("GET");
  }

  /** Whether these headers, already cleared of hop-by-hop fields, are those of such a request. */
  static boolean isUpgrade(HttpHeaders headers) {
    return PROTOCOL.equals(headers.getFirst(HttpHeaders.UPGRADE));
  }

  /** Keeps what the handshake is recognised by. */
  static void keepUpgrade(HttpHeaders headers) {
    headers.set(HttpHeaders.UPGRADE, PROTOCOL);
    headers.set(HttpHeaders.CONNECTION, "Upgrade");
  }

  /** The filter that proxies them; pings are the business of the two ends. */
  static WebsocketRoutingFilter routing(HttpClient client) {
    return new WebsocketRoutingFilter(
        new ReactorNettyWebSocketClient(
            client, () -> WebsocketClientSpec.builder().handlePing(true)),
        new HandshakeWebSocketService(
            new ReactorNettyRequestUpgradeStrategy(
                () -> WebsocketServerSpec.builder().handlePing(true))),
        HeaderFilters.of(WebSockets::withoutUpgrade));
  }

  /** The handshake with the upstream brings its own. */
  private static HttpHeaders withoutUpgrade(HttpHeaders headers, ServerWebExchange exchange) {
    HttpHeaders left = new HttpHeaders();
    headers.forEach(left::addAll);
    left.remove(HttpHeaders.UPGRADE);
    left.remove(HttpHeaders.CONNECTION);
    return left;
  }
}
