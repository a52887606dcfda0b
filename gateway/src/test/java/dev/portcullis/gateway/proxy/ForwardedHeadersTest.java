package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request came from, as an untrusted client would have it. */
class ForwardedHeadersTest extends DataPlaneKit {

  @ParameterizedTest(name = "[19.06] {0}")
  @ValueSource(
      strings = {
        "X-Forwarded-For: 10.9.8.7",
        "x-forwarded-for: 10.9.8.7",
        "X_Forwarded_For: 10.9.8.7",
        "X-Forwarded-Host: 10.9.8.7",
        "X-Forwarded-Proto: 10.9.8.7",
        "X-Forwarded-Port: 10.9.8.7",
        "X-Forwarded-Prefix: /10.9.8.7",
        "X-Forwarded-User: 10.9.8.7",
        "X-Forwarded-Email: 10.9.8.7",
        "Forwarded: for=10.9.8.7",
        "X-Real-IP: 10.9.8.7",
        "X-Request-Id: 10.9.8.7"
      })
  void anUntrustedClientsWordIsDropped(String field) {
    assertThat(get("/api/x", field).field("X-Request-Id").orElseThrow()).isNotEqualTo("10.9.8.7");
    assertThat(upstream.last().fields()).noneMatch(line -> line.contains("10.9.8.7"));
  }

  @Test
  void theUpstreamIsToldWhatTheGatewaySaw() {
    String id = get("/api/x").field("X-Request-Id").orElseThrow();
    RawUpstream.Request request = upstream.last();
    assertThat(request.values("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(request.values("X-Real-IP")).containsExactly("127.0.0.1");
    assertThat(request.values("X-Forwarded-Proto")).containsExactly("http");
    assertThat(request.values("X-Forwarded-Host")).containsExactly("gateway.test");
    assertThat(request.values("X-Forwarded-Port")).containsExactly("80");
    assertThat(request.values("X-Request-Id")).containsExactly(id);
    assertThat(request.values("Forwarded")).isEmpty();
  }

  @Test
  void theHostIsTheUpstreamsAndTheClientsIsForwarded() {
    send("GET /open/x HTTP/1.1\r\nHost: public.test:8443\r\n\r\n");
    assertThat(upstream.last().values("Host")).containsExactly(upstream.uri().getAuthority());
    assertThat(upstream.last().values("X-Forwarded-Host")).containsExactly("public.test:8443");
    assertThat(upstream.last().values("X-Forwarded-Port")).containsExactly("8443");
  }

  @Test
  void theHostIsTheClientsWhereAFilterPreservesIt() {
    follow(TestPolicies.open("/open/**", "PreserveHostHeader"));
    send("GET /open/x HTTP/1.1\r\nHost: public.test:8443\r\n\r\n");
    assertThat(upstream.last().values("Host")).containsExactly("public.test:8443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: keep-alive",
        "Keep-Alive: timeout=5",
        "Proxy-Connection: keep-alive",
        "TE: trailers",
        "Trailer: X-A",
        "Upgrade: h2c",
        "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
        "Proxy-Authenticate: Basic"
      })
  void hopByHopFieldsEndHere(String field) {
    get("/api/x", field);
    String name = field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT);
    assertThat(upstream.last().values(name)).isEmpty();
  }

  @Test
  void fieldsThatTheClientNominatesEndHere() {
    get("/api/x", "Connection: X-Hop,x-other", "X-Hop: 1", "X-Other: 2", "X-End: 3");
    assertThat(upstream.last().values("X-Hop")).isEmpty();
    assertThat(upstream.last().values("X-Other")).isEmpty();
    assertThat(upstream.last().values("X-End")).containsExactly("3");
  }

  @Test
  void hopByHopFieldsOfTheResponseEndHereToo() {
    upstream.behave(
        RawUpstream.Behaviour.answering(
            "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\n"
                + "X-Request-Id: theirs\r\nX-End: 2\r\nContent-Length: 0\r\n\r\n"));
    RawConnection.Response response = get("/api/x");
    assertThat(response.field("X-Hop")).isEmpty();
    assertThat(response.field("Keep-Alive")).isEmpty();
    assertThat(response.field("X-End")).contains("2");
    assertThat(response.fields().stream().filter(line -> line.startsWith("X-Request-Id")))
        .hasSize(1)
        .noneMatch(line -> line.contains("theirs"));
  }

  @Test
  void theGatewayAddsNoFieldOfItsOwnKind() {
    send("GET /open/x HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(upstream.last().values("User-Agent")).isEmpty();
    assertThat(upstream.last().values("Accept")).isEmpty();
    assertThat(upstream.last().values("Accept-Encoding")).isEmpty();
  }
}
