package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused at the door is refused as it is anywhere else. */
class DoorTest extends DataPlaneKit {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String UNKNOWN = "GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n";

  @Override
  protected ProxySettings settings() {
    return TestBounds.settings(
        TestBounds.times(SECOND, Duration.ofMinutes(1), Duration.ofMinutes(1), SECOND));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/x HTTP/1.1\r\nHost: h\r\n",
        "HEAD /api/x HTTP/1.1\r\nHost: h\r\n",
        "GET /nowhere HTTP/1.1\r\nHost: h\r\n",
        "GET /api/%2e%2e/x HTTP/1.1\r\nHost: h\r\n",
        "GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer x\r\n",
        "GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer a b\r\n",
        "GET /scoped/x HTTP/1.1\r\nHost: h\r\n",
        "GET /api/x HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\n",
        "GET /api/x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n",
        "GET /api/x HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n",
      })
  void theAnswerIsTheSameAsBehindAnotherRequest(String head) {
    try (RawConnection alone = RawConnection.to(gateway.port());
        RawConnection behind = RawConnection.to(gateway.port())) {
      alone.send(head + "\r\n");
      behind.send(request("GET /open/x") + head + "\r\n");
      assertThat(behind.read().status()).isEqualTo(200);
      assertThat(text(alone)).isEqualTo(text(behind));
    }
  }

  /** All that comes until the connection is silent too long, but for what differs anyway. */
  private static String text(RawConnection connection) {
    return connection
        .readToEnd()
        .replaceFirst(RequestId.HEADER + ": \\w+", "")
        .replaceFirst("requestId\":\"\\w+", "");
  }

  @Test
  void requestsInOneGoAreAnsweredInTheirOrder() {
    String good = request("GET /open/x");
    String nowhere = "GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n";
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(UNKNOWN + nowhere + good + UNKNOWN + good + nowhere + UNKNOWN);
      assertThat(
              List.of(401, 404, 200, 401, 200, 404, 401).stream()
                  .map(expected -> connection.read().status()))
          .containsExactly(401, 404, 200, 401, 200, 404, 401);
    }
  }

  @Test
  void aConnectionThatIsRefusedNowAndThenIsNotIdle() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      for (int i = 0; i < 5; i++) {
        await().pollDelay(SECOND.dividedBy(2)).until(() -> true);
        assertThat(connection.send(UNKNOWN).read().status()).isEqualTo(401);
      }
      assertThat(connection.readToEnd()).isEmpty();
    }
  }

  @Test
  void aRefusedRequestThatWantsTheConnectionClosedHasItsWay() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send("GET /api/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(401);
      assertThat(connection.readToEnd()).isEmpty();
    }
  }

  @Test
  void nothingIsRefusedBehindARequestThatIsTheLast() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send("GET /api/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + UNKNOWN);
      assertThat(connection.read().status()).isEqualTo(401);
      assertThat(connection.readToEnd()).isEmpty();
    }
  }
}
