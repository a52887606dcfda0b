package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.policy.CredentialCarrier.Query;
import dev.portcullis.policy.CredentialCarrier.Scheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;

/** WebSockets: the handshake is a request like any other; what follows flows both ways. */
class WebSocketTest extends DataPlaneKit {
  private static final String HANDSHAKE =
      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable DisposableServer echo;

  @BeforeAll
  void startEcho() {
    echo =
        HttpServer.create()
            .host("127.0.0.1")
            .handle(
                (request, response) -> {
                  seen.add(request.method() + " " + request.uri());
                  request.requestHeaders().forEach(h -> seen.add(h.getKey() + ": " + h.getValue()));
                  return response.sendWebsocket(
                      (in, out) -> out.sendObject(in.receiveFrames().doOnNext(f -> f.retain())),
                      WebsocketServerSpec.builder().protocols("chat").build());
                })
            .bindNow();
  }

  @AfterAll
  void stopEcho() {
    if (echo != null) {
      echo.disposeNow();
    }
    client.close();
  }

  @BeforeEach
  void sendThere() {
    seen.clear();
    int port = echo == null ? 0 : echo.port();
    gateway.follow(
        TestPolicies.asserting(
            TestPolicies.with(
                URI.create("http://127.0.0.1:" + port + "/base"),
                List.of(new Scheme("Bearer"), new Query("tk")),
                TestPolicies.route("/ws/**"))));
  }

  /** Collects what it is told. */
  private static final class Ears implements WebSocket.Listener {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      heard.add(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      heard.add("closed " + status);
      return null;
    }
  }

  @Test
  void textGoesThereAndBack() {
    Ears ears = new Ears();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .subprotocols("chat")
            .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + "/ws/a%2Cb?x=%2c"), ears)
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
    assertThat(socket.getSubprotocol()).isEqualTo("chat");
    socket.sendText("hello", true).join();
    await().until(() -> ears.heard.contains("hello"));
    assertThat(seen)
        .contains("GET /base/ws/a%2Cb?x=%2c", "X-Auth-Subject: ada", "X-Forwarded-For: 127.0.0.1")
        .anyMatch(line -> line.matches("X-Auth-Assertion: [\\w-]+\\.[\\w-]+\\.[\\w-]+"))
        .noneMatch(line -> line.contains(token));
    socket.sendClose(4001, "bye").join();
    await().until(() -> ears.heard.contains("closed 4001"));
  }

  @ParameterizedTest(name = "[1.33, 18.26] {0} -> {1}")
  @CsvSource({
    "/ws/x, 401",
    "/ws/../ws/x, 400",
    "/ws//x, 400",
    "/nowhere, 404",
    "/ws/x?tk=forged, 401",
    "http://h/ws/x, 400"
  })
  void aRefusedHandshakeIsAnsweredBeforeTheUpgrade(String target, int status) {
    String request = "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + HANDSHAKE;
    assertThat(send(request).status()).isEqualTo(status);
    assertThat(seen).isEmpty();
  }

  @Test
  void aTokenInTheQueryIsTakenOutOfTheHandshake() {
    String request = "GET /ws/x?a=1&tk=" + token + " HTTP/1.1\r\nHost: h\r\n" + HANDSHAKE;
    assertThat(send(request).status()).isEqualTo(101);
    await().until(() -> !seen.isEmpty());
    assertThat(seen).contains("GET /base/ws/x?a=1").noneMatch(line -> line.contains(token));
  }

  @Test
  void theFieldsOfTheHandshakeAreTheGatewaysOwn() {
    String request =
        "GET /ws/x?tk=" + token + " HTTP/1.1\r\nHost: h\r\nX-Auth-Email: forged\r\n" + HANDSHAKE;
    assertThat(send(request).status()).isEqualTo(101);
    await().until(() -> !seen.isEmpty());
    assertThat(seen)
        .noneMatch(line -> line.contains("forged"))
        .noneMatch(line -> line.contains("dGhlIHNhbXBsZSBub25jZQ=="));
  }
}
