package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A connection on which the next request comes before the one before it is answered. */
class KeptConnectionTest extends DataPlaneKit {

  @Test
  void isReadAfterARefusalThatWaitedForAnotherAnswer() {
    String refused = "GET /api/x HTTP/1.1\r\nHost: gateway.test\r\n\r\n";
    String unrouted = "GET /nowhere HTTP/1.1\r\nHost: gateway.test\r\n\r\n";
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /api/x") + refused);
      assertThat(connection.read().status()).isEqualTo(200);
      assertThat(connection.read().status()).isEqualTo(401);
      connection.send(refused + unrouted);
      assertThat(connection.read().status()).isEqualTo(401);
      assertThat(connection.read().status()).isEqualTo(404);
      assertThat(connection.send(request("GET /api/x")).read().status()).isEqualTo(200);
    }
  }
}
