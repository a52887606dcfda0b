package dev.portcullis.gateway.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server on loopback that speaks as much of AWS Systems Manager's JSON protocol as parameters
 * take, and can be told to have a bad day.
 */
public final class SsmDouble implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TARGET = "AmazonSSM.";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Map<String, JsonNode> parameters = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, BadDay> badDays = new ConcurrentHashMap<>();

  /** One request as it came. */
  public record Request(String operation, Map<String, List<String>> headers, JsonNode body) {
    String header(String name) {
      return headers.entrySet().stream()
          .filter(it -> it.getKey().equalsIgnoreCase(name))
          .map(it -> String.join(",", it.getValue()))
          .findFirst()
          .orElse("");
    }
  }

  /** What an operation comes to instead of what it otherwise would. */
  @FunctionalInterface
  public interface BadDay {
    /** Befalls a request. */
    void befall(HttpExchange exchange) throws IOException;
  }

  /** Starts it. */
  public SsmDouble() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it is reached. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on this operation goes so. */
  public void on(String operation, BadDay badDay) {
    badDays.put(operation, badDay);
  }

  /** From now on this operation is answered with this error. */
  void refuse(String operation, int status, String code) {
    on(
        operation,
        exchange ->
            send(
                exchange,
                status,
                "{\"__type\":\"" + code + "\",\"message\":\"what AWS says of it\"}"));
  }

  /** All that came for this operation. */
  public List<Request> requests(String operation) {
    return requests.stream().filter(it -> it.operation().equals(operation)).toList();
  }

  /** The value under this name; empty where there is none. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(parameters.get(name)).map(it -> it.get("Value").asString());
  }

  /** Puts something there that is not tagged. */
  void occupy(String name) {
    parameters.put(name, JSON.createObjectNode().put("Value", "somebody's"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String operation =
          exchange.getRequestHeaders().getFirst("X-Amz-Target").substring(TARGET.length());
      JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      requests.add(new Request(operation, Map.copyOf(exchange.getRequestHeaders()), body));
      BadDay badDay = badDays.get(operation);
      if (badDay != null) {
        badDay.befall(exchange);
        return;
      }
      good(exchange, operation, body);
    }
  }

  private void good(HttpExchange exchange, String operation, JsonNode body) throws IOException {
    switch (operation) {
      case "PutParameter" -> {
        if (parameters.putIfAbsent(body.get("Name").asString(), body) == null) {
          send(exchange, 200, "{\"Tier\":\"Standard\",\"Version\":1}");
        } else {
          error(exchange, "ParameterAlreadyExists");
        }
      }
      case "DeleteParameter" -> {
        if (parameters.remove(body.get("Name").asString()) == null) {
          error(exchange, "ParameterNotFound");
        } else {
          send(exchange, 200, "{}");
        }
      }
      case "ListTagsForResource" -> {
        JsonNode there = parameters.get(body.get("ResourceId").asString());
        if (there == null) {
          error(exchange, "InvalidResourceId");
        } else {
          send(
              exchange,
              200,
              "{\"TagList\":" + (there.has("Tags") ? there.get("Tags") : "[]") + "}");
        }
      }
      default -> error(exchange, "UnknownOperationException");
    }
  }

  private static void error(HttpExchange exchange, String code) throws IOException {
    send(exchange, 400, "{\"__type\":\"" + code + "\",\"message\":\"\"}");
  }

  /** Answers. */
  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
