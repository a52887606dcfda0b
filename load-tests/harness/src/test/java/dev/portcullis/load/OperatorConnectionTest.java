package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OperatorConnectionTest {
  private HttpServer server;
  private OperatorConnection connection;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/echo", exchange -> answer(exchange, 0));
    server.createContext("/chunks", exchange -> answer(exchange, 1));
    server.createContext("/broken", HttpExchange::close);
    server.start();
    connection =
        new OperatorConnection(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "operator");
  }

  @AfterEach
  void stop() {
    connection.close();
    server.stop(0);
  }

  @Test
  void sendsABodyAndAKey() {
    Answer answer = connection.sendOnce("POST", "/echo", "{\"é\":1}", "key-1");
    assertThat(answer).isEqualTo(new Answer(201, "POST operator key-1 {\"é\":1}", true));
  }

  @Test
  void readsChunks() {
    assertThat(connection.send("POST", "/chunks", "{}").body()).isEqualTo("POST operator null {}");
  }

  @Test
  void goesOnWithAnotherConnectionAfterOneBroke() {
    assertThat(connection.get("/broken")).isEqualTo(Answer.NONE);
    assertThat(connection.get("/echo").status()).isEqualTo(201);
  }

  private static void answer(HttpExchange exchange, int chunked) throws IOException {
    String text =
        String.join(
            " ",
            exchange.getRequestMethod(),
            exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", ""),
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(201, chunked == 1 ? 0 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
