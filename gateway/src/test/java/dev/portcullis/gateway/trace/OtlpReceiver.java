package dev.portcullis.gateway.trace;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector on loopback that takes spans by OTLP over HTTP and keeps them. */
public final class OtlpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<ExportTraceServiceRequest> batches = new CopyOnWriteArrayList<>();
  private final List<String> fields = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  private OtlpReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /** Begins to listen. */
  public static OtlpReceiver start() {
    return new OtlpReceiver();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> values.forEach(value -> fields.add(name + ": " + value)));
      if (status == 200) {
        batches.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  /** From here on it answers with this status, and keeps nothing unless it is 200. */
  public void answer(int with) {
    status = with;
  }

  /** Where it listens. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
  }

  /** The header fields it was sent. */
  public List<String> fields() {
    return fields;
  }

  /** All it took, in the text form of protocol buffers. */
  public String text() {
    return batches.toString();
  }

  /** The spans that it has taken. */
  public List<Span> spans() {
    return batches.stream()
        .flatMap(batch -> batch.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  /** The spans of the request with this id, when they are here. */
  public SpanTree tree(String requestId) {
    return await()
        .until(() -> SpanTree.in(spans(), requestId), found -> found.isPresent())
        .orElseThrow();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
