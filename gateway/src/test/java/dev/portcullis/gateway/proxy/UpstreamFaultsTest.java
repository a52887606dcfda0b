package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.proxy.ProxySettings.UpstreamTimeouts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an upstream does, the client gets an answer or a closed connection, in bounded time. */
class UpstreamFaultsTest extends DataPlaneKit {
  private final CountDownLatch forever = new CountDownLatch(1);

  @Override
  protected ProxySettings settings() {
    return new ProxySettings(
        ProxySettings.DEFAULT.trustedProxies(),
        ProxySettings.DEFAULT.identity(),
        new UpstreamTimeouts(
            Duration.ofMillis(500), Duration.ofMillis(700), Duration.ofMillis(900)),
        ProxySettings.DEFAULT.clients(),
        ProxySettings.DEFAULT.logs());
  }

  private void assertProblem(RawConnection.Response response, int status, String title) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.field("Content-Type")).contains("application/problem+json");
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"requestId\":\"%s\"}"
                .formatted(title, status, response.field("X-Request-Id").orElseThrow()));
  }

  @Test
  void anUpstreamThatRefusesConnectionsIsABadGateway() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    gateway.follow(
        TestPolicies.bearer(
            URI.create("http://127.0.0.1:" + closed), TestPolicies.open("/open/**")));
    assertProblem(get("/open/x"), 502, "Bad Gateway");
  }

  @Test
  void anUpstreamWhoseNameIsUnknownIsABadGateway() {
    gateway.follow(
        TestPolicies.bearer(URI.create("http://nowhere.invalid"), TestPolicies.open("/open/**")));
    assertProblem(get("/open/x"), 502, "Bad Gateway");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le"
      })
  void aResponseThatIsNotLawfulIsABadGateway(String response) {
    upstream.behave(
        (head, in, out) -> {
          out.write(response.getBytes(ISO_8859_1));
          out.flush();
          return false;
        });
    assertProblem(get("/open/x"), 502, "Bad Gateway");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n"})
  void anUpstreamThatTakesTooLongToBeginIsAGatewayTimeout(String begun) {
    upstream.behave(
        (head, in, out) -> {
          out.write(begun.getBytes(ISO_8859_1));
          out.flush();
          return await();
        });
    assertProblem(get("/open/x"), 504, "Gateway Timeout");
    assertProblem(
        send(request("POST /open/x", "Content-Length: 2") + "hi"), 504, "Gateway Timeout");
  }

  @Test
  void anUpstreamThatDoesNotTakeTheBodyIsAGatewayTimeout() {
    upstream.behave((RawUpstream.BodyLeft) (head, in, out) -> await());
    int size = 50_000_000;
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("POST /open/x", "Content-Length: " + size));
      Thread.ofVirtual()
          .start(
              () -> {
                byte[] part = new byte[100_000];
                try {
                  for (int sent = 0; sent < size; sent += part.length) {
                    connection.send(part);
                  }
                } catch (UncheckedIOException e) {
                  // the gateway has had enough
                }
              });
      assertThat(connection.read().status()).isEqualTo(504);
    }
  }

  @Test
  void anUpstreamThatStopsInTheMiddleHasTheConnectionClosed() {
    upstream.behave(
        (head, in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\nhalf".getBytes(ISO_8859_1));
          out.flush();
          return await();
        });
    assertBrokenOff("half");
  }

  @Test
  void anUpstreamThatClosesInTheMiddleHasTheConnectionClosed() {
    upstream.behave(
        (head, in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\nhalf".getBytes(ISO_8859_1));
          out.flush();
          return false;
        });
    // What came just before the end may be lost with it.
    assertBrokenOff("(half)?");
  }

  @Test
  void aShortResponseThatBreaksOffIsNoneAtAll() {
    upstream.behave(
        (head, in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".getBytes(ISO_8859_1));
          out.flush();
          return false;
        });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      RawConnection.Response response = connection.send(request("GET /open/x")).read();
      assertThat(response.status()).isEqualTo(502);
      assertThat(response.body()).doesNotContain("half");
      upstream.behave(RawUpstream.Behaviour.answering("HTTP/1.1 204 No Content\r\n\r\n"));
      assertThat(connection.send(request("GET /open/x")).read().status()).isEqualTo(204);
    }
  }

  @Test
  void ofAnAnswerThatIsTriedAgainNothingIsLeft() {
    follow(TestPolicies.open("/open/**", "Retry=1"));
    AtomicInteger attempts = new AtomicInteger();
    upstream.behave(
        (head, in, out) ->
            RawUpstream.Behaviour.answering(
                    attempts.incrementAndGet() == 1
                        ? "HTTP/1.1 500 No\r\nContent-Length: 3\r\nETag: \"bad\"\r\n\r\nbad"
                        : "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood")
                .handle(head, in, out));
    RawConnection.Response response = get("/open/x");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("good");
    assertThat(response.fields())
        .filteredOn(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length"))
        .containsExactly("Content-Length: 4");
    assertThat(response.field("ETag")).isEmpty();
    assertThat(attempts).hasValue(2);
  }

  @Test
  void aShortResponseThatStopsInTheMiddleIsLate() {
    upstream.behave(
        (head, in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".getBytes(ISO_8859_1));
          out.flush();
          return await();
        });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      assertThat(connection.send(request("GET /open/x")).read().status()).isEqualTo(504);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5\r\nhello\r\n", "5\r\nhello\r\nxx\r\n", "5\r\nhello\r\n0\r\n"})
  void aChunkedResponseThatBreaksOffIsNotEndedAsIfItWereWhole(String chunks) {
    upstream.behave(
        (head, in, out) -> {
          String response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
          out.write(response.getBytes(ISO_8859_1));
          out.flush();
          return false;
        });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /open/x"));
      assertThat(connection.readToEnd()).doesNotEndWith("\r\n0\r\n\r\n");
    }
  }

  private void assertBrokenOff(String body) {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /open/x"));
      assertThat(connection.readToEnd()).matches("(?s)HTTP/1.1 200 OK\r\n.*\r\n\r\n" + body);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 102, 103})
  void interimResponsesAreNotTheResponse(int status) {
    upstream.behave(
        RawUpstream.Behaviour.answering(
            "HTTP/1.1 " + status + " Interim\r\nLink: </a>\r\n\r\n" + RawUpstream.OK));
    for (int i = 0; i < 3; i++) {
      RawConnection.Response response = get("/open/x");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 205, 206, 301, 304, 401, 404, 418, 429, 500, 503, 599, 700, 999})
  void anyOtherStatusIsTheUpstreamsAnswer(int status) {
    String length = status == 204 || status == 304 ? "" : "Content-Length: 0\r\n";
    upstream.behave(
        RawUpstream.Behaviour.answering("HTTP/1.1 " + status + " S\r\n" + length + "\r\n"));
    assertThat(get("/open/x").status()).isEqualTo(status);
    assertThat(get("/open/x").status()).isEqualTo(status);
  }

  @Test
  void aRequestThatMayHaveArrivedIsNotSentAgain() {
    upstream.behave((head, in, out) -> false);
    assertThat(send(request("POST /open/x", "Content-Length: 2") + "hi").status()).isEqualTo(502);
    assertThat(get("/open/x").status()).isEqualTo(502);
    assertThat(upstream.requests()).hasSize(2);
  }

  @Test
  void faultsAreNoDecisions() {
    upstream.behave((head, in, out) -> false);
    double before = decisions();
    get("/open/x");
    assertThat(decisions() - before).isEqualTo(1);
    assertThat(gateway.meters().find("portcullis.decisions").tag("reason", "INTERNAL").counter())
        .isNull();
  }

  private double decisions() {
    return gateway.meters().find("portcullis.decisions").counters().stream()
        .mapToDouble(io.micrometer.core.instrument.Counter::count)
        .sum();
  }

  @Test
  void anAnswerWhileTheBodyIsStillComingReachesTheClient() {
    upstream.behave(
        (RawUpstream.BodyLeft)
            (head, in, out) -> {
              out.write(
                  "HTTP/1.1 413 S\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                      .getBytes(ISO_8859_1));
              out.flush();
              drain(in);
              return false;
            });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("POST /open/x", "Content-Length: 1000000") + "begun");
      assertThat(connection.read().status()).isEqualTo(413);
    }
  }

  private static void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[8192];
    int n = in.read(buffer);
    while (n >= 0) {
      n = in.read(buffer);
    }
  }

  private boolean await() {
    try {
      return forever.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
