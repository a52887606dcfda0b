package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.CredentialCarrier.Query;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request line that reaches the upstream, byte for byte. */
class ForwardedBytesTest extends DataPlaneKit {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/a",
        "/api/a/",
        "/api/a%20b",
        "/api/a+b",
        "/api/a%2Cb,c",
        "/api/%7Bx%7D",
        "/api/%C3%A9",
        "/api/a:b@c"
      })
  void pathsAreForwardedAsTheyStand(String path) {
    assertThat(get(path).status()).isEqualTo(200);
    assertThat(upstream.last().line()).isEqualTo("GET " + path + " HTTP/1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/%41, /api/A",
    "/api/a%2db, /api/a-b",
    "/api/%c3%a9, /api/%C3%A9",
    "/%61pi/x?y=%2c, /api/x?y=%2c"
  })
  void pathsAreForwardedInTheirCanonicalForm(String sent, String forwarded) {
    assertThat(get(sent).status()).isEqualTo(200);
    assertThat(upstream.last().target()).isEqualTo(forwarded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?",
        "?a",
        "?a=",
        "?a=1&&b=2",
        "?a=%2C,&b=+%20",
        "?a=%7b%7D&a=2",
        "?x=/../public",
        "?q=a[]=b&c[1]=%5b",
        "?u=http://h/p?x=1",
        "?n=%00%C3%A9%ff",
        "?t=1&&&"
      })
  void queriesAreForwardedByteForByte(String query) {
    assertThat(get("/api/x" + query).status()).isEqualTo(200);
    assertThat(upstream.last().target()).isEqualTo("/api/x" + query);
  }

  @ParameterizedTest(name = "[4.05, 2.13] {0}")
  @CsvSource({
    "tk=T, ''",
    "tk=T&a=1, ?a=1",
    "a=1&tk=T, ?a=1",
    "a=%2c&tk=T&b=+&&c=, ?a=%2c&b=+&&c=",
    "a=1&%74%6B=T&b=2, ?a=1&b=2",
    "t%6b=T&TK=1, ?TK=1"
  })
  void onlyTheCredentialIsTakenOutOfTheQuery(String sent, String forwarded) {
    followCarriers(new Query("tk"));
    String request =
        "GET /api/x?" + sent.replace("=T", "=" + token) + " HTTP/1.1\r\nHost: h\r\n\r\n";
    RawConnection.Response response = send(request);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.field("Cache-Control")).contains("private");
    assertThat(upstream.last().target()).isEqualTo("/api/x" + forwarded);
  }

  @Test
  void theUpstreamsPathPrefixStandsBeforeThePath() {
    gateway.follow(
        TestPolicies.bearer(
            URI.create(upstream.uri() + "/base/v1/"),
            TestPolicies.route("/api/**", "StripPrefix=1")));
    assertThat(get("/api/a%2Cb?x=%2C").status()).isEqualTo(200);
    assertThat(upstream.last().target()).isEqualTo("/base/v1/a%2Cb?x=%2C");
  }

  @ParameterizedTest(name = "[11.20] {0}")
  @CsvSource({"/api, /", "/api/, /", "/api/x/, /x/", "/api?a=%5B, /?a=%5B"})
  void aPathThatIsStrippedToNothingBecomesASlash(String sent, String forwarded) {
    follow(TestPolicies.route("/api/**", "StripPrefix=1"));
    assertThat(get(sent).status()).isEqualTo(200);
    assertThat(upstream.last().target()).isEqualTo(forwarded);
  }

  @Test
  void theBodyIsForwardedUntouched() {
    String body = "\u0000\u00ff{\"a\":1}\r\n\r\nGET / HTTP/1.1\r\n";
    String head = request("POST /api/x", "Content-Length: " + body.length());
    assertThat(send(head + body).status()).isEqualTo(200);
    assertThat(upstream.last().body()).isEqualTo(body);
    assertThat(upstream.last().values("Content-Length")).containsExactly("" + body.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "POST", "PATCH", "QUERY"})
  void aChunkedBodyStaysABodyWhateverTheMethod(String method) {
    upstream.behave(RawUpstream.Behaviour.answering("HTTP/1.1 204 No Content\r\n\r\n"));
    String inner = "GET /api/smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
    String chunk = Integer.toHexString(inner.length()) + "\r\n" + inner + "\r\n0\r\n\r\n";
    String head = request(method + " /api/x", "Transfer-Encoding: chunked");
    assertThat(send(head + chunk).status()).isEqualTo(204);
    assertThat(upstream.requests()).hasSize(1);
    assertThat(upstream.last().body()).isEqualTo(inner);
  }
}
