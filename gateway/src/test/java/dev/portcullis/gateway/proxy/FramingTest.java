package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Framing and syntax at the wire (RFC 9112); what doubts there are end the connection. */
class FramingTest extends DataPlaneKit {
  private static final String SMUGGLED = "GET /open/smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

  static Stream<Arguments> unlawful() {
    return Stream.of(
        row(
            "20.01 TE and CL",
            posting("Transfer-Encoding: chunked", "Content-Length: 5"),
            "0\r\n\r\n"),
        row(
            "20.01 CL and TE",
            posting("Content-Length: 5", "Transfer-Encoding: chunked"),
            "0\r\n\r\n"),
        row(
            "20.02 HTTP/1.0 and TE",
            posting("Transfer-Encoding: chunked").replace("HTTP/1.1", "HTTP/1.0"),
            "0\r\n\r\n"),
        row("20.03 two lengths", posting("Content-Length: 5", "Content-Length: 6"), "hello"),
        row("20.03 two equal lengths", posting("Content-Length: 5", "Content-Length: 5"), "hello"),
        row("20.03 5,5", posting("Content-Length: 5,5"), "hello"),
        row("20.03 +5", posting("Content-Length: +5"), "hello"),
        row("20.03 -5", posting("Content-Length: -5"), "hello"),
        row("20.03 0x5", posting("Content-Length: 0x5"), "hello"),
        row("20.03 five", posting("Content-Length: five"), "hello"),
        row("20.03 empty", posting("Content-Length:"), "hello"),
        row("20.03 overflow", posting("Content-Length: 99999999999999999999"), "hello"),
        row(
            "20.05 TE not ending chunked",
            posting("Transfer-Encoding: chunked, gzip"),
            "0\r\n\r\n"),
        row(
            "20.05 second TE not chunked",
            posting("Transfer-Encoding: chunked", "Transfer-Encoding: gzip"),
            "0\r\n\r\n"),
        row("20.05 chunked twice", posting("Transfer-Encoding: chunked, chunked"), "0\r\n\r\n"),
        row("20.05 xchunked", posting("Transfer-Encoding: xchunked"), "0\r\n\r\n"),
        row("20.05 identity", posting("Transfer-Encoding: identity"), "0\r\n\r\n"),
        row("20.05 empty TE", posting("Transfer-Encoding:"), "0\r\n\r\n"),
        row("20.05 vertical tab", posting("Transfer-Encoding: \u000bchunked"), "0\r\n\r\n"),
        row(
            "20.05 a body of old WebSockets",
            withFields("Sec-WebSocket-Key1: 1 2", "Sec-WebSocket-Key2: 3 4"),
            "12345678"),
        row("20.06 no colon", withFields("nocolon"), ""),
        row("20.06 space before colon", withFields("X-A : 1"), ""),
        row("20.06 empty name", withFields(": 1"), ""),
        row("20.06 folded line", withFields("X-A: 1\r\n 2"), ""),
        row("20.06 folded by tab", withFields("X-A: 1\r\n\tX-B: 2"), ""),
        row("20.06 folded first line", "GET /open/x HTTP/1.1\r\n Host: h\r\n\r\n", ""),
        row("20.06 bare LF between fields", withFields("X-A: 1\nX-B: 2"), ""),
        row("20.06 bare LF behind the request line", "GET /open/x HTTP/1.1\nHost: h\r\n\r\n", ""),
        row("20.06 bare LF at the end", "GET /open/x HTTP/1.1\r\nHost: h\r\n\n", ""),
        row("20.06 CR in a value", withFields("X-A: 1\r2"), ""),
        row("20.06 NUL in a value", withFields("X-A: 1\0002"), ""),
        row("20.06 control in a name", withFields("X\u0001A: 1"), ""),
        row("20.06 non-ASCII name", withFields("X\u00e9: 1"), ""),
        row("20.11 two Hosts", withFields("Host: other"), ""),
        row("20.11 no Host", "GET /open/x HTTP/1.1\r\n\r\n", ""),
        row("20.11 empty Host", "GET /open/x HTTP/1.1\r\nHost:\r\n\r\n", ""),
        row("20.11 userinfo in Host", "GET /open/x HTTP/1.1\r\nHost: u@h\r\n\r\n", ""),
        row("20.11 space in Host", "GET /open/x HTTP/1.1\r\nHost: a b\r\n\r\n", ""),
        row("20.11 comma in Host", "GET /open/x HTTP/1.1\r\nHost: a,b\r\n\r\n", ""),
        row("20.11 slash in Host", "GET /open/x HTTP/1.1\r\nHost: a/b\r\n\r\n", ""),
        row("20.11 half an IPv6 Host", "GET /open/x HTTP/1.1\r\nHost: [:]\r\n\r\n", ""),
        row("20.11 empty port in Host", "GET /open/x HTTP/1.1\r\nHost: h:\r\n\r\n", ""),
        row("20.11 bad port in Host", "GET /open/x HTTP/1.1\r\nHost: a:b\r\n\r\n", ""),
        row("18.15 absolute form", line("GET http://evil/open/x HTTP/1.1"), ""),
        row("18.15 https absolute form", line("GET https://h/open/x HTTP/1.1"), ""),
        row("18.15 authority form", line("CONNECT h:80 HTTP/1.1"), ""),
        row("18.15 asterisk form", line("OPTIONS * HTTP/1.1"), ""),
        row("CONNECT with a path", line("CONNECT /open/x HTTP/1.1"), ""),
        row("11.26 TRACE", line("TRACE /open/x HTTP/1.1"), ""),
        row("no slash", line("GET open/x HTTP/1.1"), ""),
        row("18.17 fragment", line("GET /open/x#frag HTTP/1.1"), ""),
        row("bad escape in the query", line("GET /open/x?a=%GG HTTP/1.1"), ""),
        row("cut escape in the query", line("GET /open/x?a=%2 HTTP/1.1"), ""),
        row("brace in the query", line("GET /open/x?a={b} HTTP/1.1"), ""),
        row("non-ASCII in the target", line("GET /open/\u00e9 HTTP/1.1"), ""),
        row("18.22 brace in the path", line("GET /open/{x} HTTP/1.1"), ""),
        row("18.22 pipe in the path", line("GET /open/a|b HTTP/1.1"), ""),
        row("invalid method", line("GE(T /open/x HTTP/1.1"), ""),
        row("no version", line("GET /open/x"), ""),
        row("lower-case version", line("GET /open/x http/1.1"), ""),
        row("version 2", line("GET /open/x HTTP/2.0"), ""),
        row("version 1.2", line("GET /open/x HTTP/1.2"), ""),
        row("space in the target", line("GET /open/x y HTTP/1.1"), ""),
        row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ""),
        row("garbage", "\u0016\u0003\u0001\r\n\r\n", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unlawful")
  void anUnlawfulRequestIsRefusedAndNothingBehindItIsRead(String row, String head, String body) {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      RawConnection.Response response = connection.send(head + body + SMUGGLED).read();
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.field("Content-Type")).contains("application/problem+json");
      assertThat(response.field("Connection")).contains("close");
      assertThat(response.field("X-Request-Id")).isPresent();
      assertThat(connection.readToEnd()).isEmpty();
    }
    assertThat(upstream.requests()).isEmpty();
  }

  static Stream<Arguments> lawful() {
    return Stream.of(
        row(
            "20.05 gzip, chunked",
            posting("Transfer-Encoding: gzip, chunked"),
            "1\r\na\r\n0\r\n\r\n"),
        row(
            "20.05 two TE",
            posting("Transfer-Encoding: gzip", "Transfer-Encoding: chunked"),
            "1\r\na\r\n0\r\n\r\n"),
        row("TE in other case", posting("transfer-encoding: CHUNKED"), "1\r\na\r\n0\r\n\r\n"),
        row("chunk extension", posting("Transfer-Encoding: chunked"), "1;a=b\r\na\r\n0\r\n\r\n"),
        row("trailer", posting("Transfer-Encoding: chunked"), "1\r\na\r\n0\r\nX-A: b\r\n\r\n"),
        row("empty body", posting("Content-Length: 0"), ""),
        row("empty line first", "\r\n" + withFields(), ""),
        row("Host with a port", "GET /open/x HTTP/1.1\r\nHost: a.b:8080\r\n\r\n", ""),
        row("IPv6 Host", "GET /open/x HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", ""),
        row("Latin-1 in a value", withFields("X-A: \u00e9"), ""),
        row("tab in a value", withFields("X-A: a\tb"), ""),
        row("1.20 lower-case names", "GET /open/x HTTP/1.1\r\nhost: h\r\n\r\n", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lawful")
  void aLawfulRequestPassesAndSoDoesTheNext(String row, String head, String body) {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(head + body + SMUGGLED);
      assertThat(connection.read().status()).isEqualTo(200);
      assertThat(connection.read().status()).isEqualTo(200);
    }
    assertThat(upstream.requests())
        .extracting(RawUpstream.Request::target)
        .containsExactly("/open/x", "/open/smuggled");
  }

  @Test
  void transferCodingsOfTheClientAreToldToTheUpstream() {
    send(posting("Transfer-Encoding: gzip, chunked") + "1\r\na\r\n0\r\n\r\n");
    assertThat(upstream.last().values("Transfer-Encoding")).containsExactly("gzip, chunked");
    assertThat(upstream.last().body()).isEqualTo("a");
  }

  static Stream<Arguments> badChunks() {
    return Stream.of(
        row("20.08 no size", "\r\na\r\n0\r\n\r\n", ""),
        row("20.08 negative", "-1\r\na\r\n0\r\n\r\n", ""),
        row("20.08 plus", "+1\r\na\r\n0\r\n\r\n", ""),
        row("20.08 0x", "0x1\r\na\r\n0\r\n\r\n", ""),
        row("20.08 not hex", "g\r\na\r\n0\r\n\r\n", ""),
        row("20.08 overflow", "fffffffff\r\na\r\n0\r\n\r\n", ""),
        row("20.08 LF behind the size", "1\na\r\n0\r\n\r\n", ""),
        row("20.08 LF in an extension", "1;a\nb\r\na\r\n0\r\n\r\n", ""),
        row("20.08 LF behind the chunk", "1\r\na\n0\r\n\r\n", ""),
        row("20.08 chunk longer than its size", "1\r\nab\r\n0\r\n\r\n", ""),
        row("20.08 LF at the end", "1\r\na\r\n0\n\n", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badChunks")
  void aBadChunkEndsTheConnectionAndNeverTheBody(String row, String chunks, String none) {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(posting("Transfer-Encoding: chunked") + chunks + SMUGGLED);
      assertThat(connection.readToEnd())
          .doesNotContain("HTTP/1.1 200")
          .satisfiesAnyOf(
              answer -> assertThat(answer).isEmpty(),
              answer -> assertThat(answer).startsWith("HTTP/1.1 400"));
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void aRequestLineThatIsTooLongIs414() {
    assertThat(send(line("GET /open/" + "x".repeat(9000) + " HTTP/1.1")).status()).isEqualTo(414);
  }

  @Test
  void aHeadThatIsTooLargeIs431() {
    assertThat(send(withFields("X-A: " + "x".repeat(9000))).status()).isEqualTo(431);
  }

  @Test
  void anUnlawfulRequestBehindALawfulOneIsAnsweredInItsTurn() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(SMUGGLED + withFields("X-A : 1") + SMUGGLED);
      assertThat(connection.read().status()).isEqualTo(200);
      assertThat(connection.read().status()).isEqualTo(400);
      assertThat(connection.readToEnd()).isEmpty();
    }
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void foldingIsFoundInAHeadThatComesByteByByte() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      for (char c : withFields("X-A: 1\r\n 2").toCharArray()) {
        connection.send(String.valueOf(c));
      }
      assertThat(connection.read().status()).isEqualTo(400);
    }
  }

  @Test
  void lengthsOfHttp10AreTheLastThingReadOfAConnection() {
    String head = posting("Content-Length: 5", "Content-Length: 6", "Connection: keep-alive");
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(head.replace("HTTP/1.1", "HTTP/1.0") + "hello" + SMUGGLED);
      connection.readToEnd();
    }
    assertThat(upstream.requests())
        .extracting(RawUpstream.Request::target)
        .doesNotContain("/open/smuggled");
  }

  @Test
  void aClientOfHttp10GetsNoChunks() {
    upstream.behave(
        RawUpstream.Behaviour.answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"));
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send("GET /open/x HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n");
      assertThat(connection.readToEnd())
          .startsWith("HTTP/1.1 200")
          .doesNotContainIgnoringCase("transfer-encoding")
          .endsWith("\r\n\r\nok");
    }
    assertThat(upstream.last().line()).isEqualTo("GET /open/x HTTP/1.1");
  }

  private static Arguments row(String name, String head, String body) {
    return Arguments.of(name, head, body);
  }

  private static String posting(String... fields) {
    return "POST /open/x HTTP/1.1\r\nHost: h\r\n" + lines(fields);
  }

  private static String withFields(String... fields) {
    return "GET /open/x HTTP/1.1\r\nHost: h\r\n" + lines(fields);
  }

  private static String line(String line) {
    return line + "\r\nHost: h\r\n\r\n";
  }

  private static String lines(String... fields) {
    return fields.length == 0 ? "\r\n" : String.join("\r\n", fields) + "\r\n\r\n";
  }
}
