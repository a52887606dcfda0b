package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that take their time are not waited for without end. */
class IdleConnectionsTest extends DataPlaneKit {

  @Override
  protected ProxySettings settings() {
    Duration second = Duration.ofSeconds(1);
    return TestBounds.settings(TestBounds.times(second, Duration.ofMinutes(1), second, second));
  }

  @Test
  void aSilentConnectionIsClosed() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      assertThat(connection.readToEnd()).isEmpty();
    }
  }

  @Test
  void aConnectionThatIsSilentAfterARequestIsClosed() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      assertThat(connection.send(request("GET /open/x")).read().status()).isEqualTo(200);
      assertThat(connection.readToEnd()).isEmpty();
    }
  }

  @Test
  void aRefusedBodyWithoutEndIsNotReadWithoutEnd() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send("POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(401);
      await()
          .pollInterval(Duration.ofMillis(100))
          .atMost(Duration.ofSeconds(8))
          .until(() -> isClosedToAnotherByte(connection));
    }
  }

  private static boolean isClosedToAnotherByte(RawConnection connection) {
    try {
      connection.send("x");
      return false;
    } catch (UncheckedIOException e) {
      return true;
    }
  }
}
