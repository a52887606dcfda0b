package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.portcullis.gateway.proxy.RawConnection;
import dev.portcullis.gateway.trace.SpanTree;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Requests that are under way together keep to their own traces. */
class TraceFlowTest extends TracingKit {
  private static String trace(int i) {
    return "%032x".formatted(i + 1);
  }

  private String request(int i) {
    return TestBed.request(
        "GET /traced/" + i, token.bearer(), "traceparent: 00-" + trace(i) + "-" + SENDER + "-01");
  }

  @Test
  void requestsAtTheSameTimeDoNotMix() {
    bed.upstream().resetRequests();
    List<String> ids =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(i -> RawConnection.exchange(bed.gateway().port(), request(i)))
            .map(response -> response.field("X-Request-Id").orElseThrow())
            .toList();
    assertKeptApart(ids);
  }

  @Test
  void pipelinedRequestsDoNotMix() {
    bed.upstream().resetRequests();
    try (RawConnection connection = RawConnection.to(bed.gateway().port())) {
      connection.send(request(0) + TestBed.request("GET /nowhere") + request(1) + request(2));
      List<String> ids =
          IntStream.range(0, 4)
              .mapToObj(_ -> connection.read().field("X-Request-Id").orElseThrow())
              .toList();
      assertThat(collector.tree(ids.get(1)).children()).isEmpty();
      assertKeptApart(List.of(ids.get(0), ids.get(2), ids.get(3)));
    }
  }

  /** The i-th of these had the i-th trace and path, at the collector and at the upstream. */
  private void assertKeptApart(List<String> ids) {
    Map<String, String> upstream = new HashMap<>();
    bed.upstream()
        .findAll(WireMock.anyRequestedFor(WireMock.anyUrl()))
        .forEach(seen -> upstream.put(seen.getUrl(), seen.getHeader("traceparent")));
    for (int i = 0; i < ids.size(); i++) {
      SpanTree tree = collector.tree(ids.get(i));
      assertThat(tree.traceId()).isEqualTo(trace(i));
      assertThat(tree.fields()).containsEntry("url.path", "/traced/" + i);
      assertThat(tree.steps()).hasSize(11);
      assertThat(tree.calls()).hasSize(1);
      assertThat(upstream.get("/traced/" + i)).isEqualTo(SpanTree.parent(tree.calls().getFirst()));
    }
  }

  @Test
  void aWebSocketIsFollowedUpToItsEnd() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    DisposableServer echo =
        HttpServer.create()
            .host("127.0.0.1")
            .handle(
                (request, response) -> {
                  seen.add(request.requestHeaders().get("traceparent"));
                  return response.sendWebsocket(
                      (in, out) -> out.sendObject(in.receiveFrames().doOnNext(f -> f.retain())));
                })
            .bindNow();
    bed.follow(policy("http://127.0.0.1:" + echo.port()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + token.secret())
              .header("traceparent", "00-" + TRACE + "-" + SENDER + "-01")
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + bed.gateway().port() + "/traced/7"),
                  new WebSocket.Listener() {})
              .get(10, TimeUnit.SECONDS);
      socket.sendText("hello", true).join();
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      await()
          .untilAsserted(
              () ->
                  assertThat(collector.spans())
                      .filteredOn(span -> SpanTree.hex(span.getTraceId()).equals(TRACE))
                      .anyMatch(span -> span.getName().equals("GET /traced/{x}"))
                      .anyMatch(
                          span ->
                              span.getName().equals("GET")
                                  && seen.contains(SpanTree.parent(span))));
    } finally {
      bed.follow(policy("UPSTREAM"));
      echo.disposeNow();
    }
  }
}
