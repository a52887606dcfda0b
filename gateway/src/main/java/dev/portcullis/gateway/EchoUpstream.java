package dev.portcullis.gateway;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demo's upstream: answers every request with what it received, in JSON, so that a newcomer
 * sees what the gateway adds and takes away.
 */
final class EchoUpstream implements DisposableBean {
  private static final JsonMapper JSON = new JsonMapper();

  private final DisposableServer server;

  private EchoUpstream(DisposableServer server) {
    this.server = server;
  }

  /** Starts it on a port of loopback; 0 for any that is free. Waits until it listens. */
  static EchoUpstream start(int port) {
    return new EchoUpstream(
        HttpServer.create()
            .host("127.0.0.1")
            .port(port)
            .handle((request, response) -> echo(request, response))
            .bindNow());
  }

  /** Where it listens. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private static Mono<Void> echo(HttpServerRequest request, HttpServerResponse response) {
    return request
        .receive()
        .map(part -> (long) part.readableBytes())
        .reduce(0L, Long::sum)
        .flatMap(
            bytes ->
                response
                    .header("Content-Type", "application/json")
                    .sendByteArray(Mono.just(JSON.writeValueAsBytes(seen(request, bytes))))
                    .then());
  }

  private static Map<String, Object> seen(HttpServerRequest request, long bytes) {
    String[] target = request.uri().split("\\?", 2);
    Map<String, Object> headers = new LinkedHashMap<>();
    for (String name : request.requestHeaders().names()) {
      headers.put(name, request.requestHeaders().getAll(name));
    }
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("method", request.method().name());
    seen.put("path", target[0]);
    seen.put("query", target.length > 1 ? target[1] : "");
    seen.put("headers", headers);
    seen.put("bodyBytes", bytes);
    return seen;
  }

  @Override
  public void destroy() {
    server.disposeNow();
  }
}
