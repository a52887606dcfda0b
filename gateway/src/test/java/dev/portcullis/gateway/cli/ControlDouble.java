package dev.portcullis.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** A control plane that answers what the test says, in order, and remembers what it was asked. */
final class ControlDouble implements AutoCloseable {

  /**
   * What it was asked.
   *
   * @param line method and target
   * @param body as text
   * @param idempotencyKey as sent; empty for none
   * @param lastEventId as sent; empty for none
   */
  record Asked(
      String line,
      String body,
      Optional<String> authorization,
      Optional<String> type,
      Optional<String> accept,
      Optional<String> idempotencyKey,
      Optional<String> lastEventId) {

    JsonNode json() {
      return ControlClient.JSON.readTree(body);
    }

    String compact() {
      return line + (body.isEmpty() ? "" : " " + json());
    }
  }

  /** How it answers. */
  interface Answer {
    void to(Asked asked, HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();

  ControlDouble() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(workers);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers the next request so; the last answer is given again and again. */
  ControlDouble answers(Answer answer) {
    synchronized (answers) {
      answers.add(answer);
    }
    return this;
  }

  ControlDouble answers(int status, String body) {
    return answers((_, exchange) -> respond(exchange, status, "application/json", body));
  }

  ControlDouble answers(String body) {
    return answers(200, body);
  }

  /** Takes the request and gives no answer. */
  ControlDouble hangsUp() {
    return answers((_, exchange) -> exchange.close());
  }

  /** Gives these bytes, and then breaks the connection within the answer. */
  ControlDouble breaksOffAfter(String type, String body) {
    return answers(
        (_, exchange) -> {
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(200, body.getBytes(UTF_8).length + 100);
          exchange.getResponseBody().write(body.getBytes(UTF_8));
          exchange.getResponseBody().flush();
          exchange.close();
        });
  }

  ControlDouble streams(String type, String body) {
    return answers((_, exchange) -> respond(exchange, 200, type, body));
  }

  List<Asked> asked() {
    return asked;
  }

  List<String> compact() {
    return asked.stream().map(Asked::compact).toList();
  }

  static void respond(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body.getBytes(UTF_8));
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Asked question =
        new Asked(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8),
            header(exchange, "Authorization"),
            header(exchange, "Content-Type"),
            header(exchange, "Accept"),
            header(exchange, "Idempotency-Key"),
            header(exchange, "Last-Event-ID"));
    asked.add(question);
    try (exchange) {
      next().to(question, exchange);
    }
  }

  private Answer next() {
    synchronized (answers) {
      return answers.size() > 1 ? answers.remove() : answers.element();
    }
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
