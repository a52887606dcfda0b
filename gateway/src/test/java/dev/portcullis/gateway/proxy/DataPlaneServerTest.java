package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Http2;

class DataPlaneServerTest {

  @Test
  void refusesToStartWithHttp2WhoseRequestsItDoesNotGuard() {
    NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(0);
    Http2 http2 = new Http2();
    http2.setEnabled(true);
    factory.setHttp2(http2);
    assertThatIllegalStateException()
        .isThrownBy(() -> server().customize(factory))
        .withMessageContaining("server.http2.enabled");
  }

  private static DataPlaneServer server() {
    return new DataPlaneServer(
        ClientBounds.DEFAULT,
        new OpenConnections(ProxySettings.DEFAULT.trustedProxies(), ClientBounds.DEFAULT),
        clock -> {
          throw new AssertionError("nobody connects");
        });
  }
}
