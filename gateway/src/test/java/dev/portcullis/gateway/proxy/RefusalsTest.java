package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.policy.CredentialCarrier.Cookie;
import dev.portcullis.policy.CredentialCarrier.Query;
import dev.portcullis.policy.CredentialCarrier.Scheme;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What a refusal leaves: an answer, a count and a line in the log. */
class RefusalsTest extends DataPlaneKit {
  private static final String SECRET_LOOKING = "gwt_abcdefghijklmnopqrstuvwxyz012345678901";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    root().addAppender(log);
  }

  @AfterEach
  void stopListening() {
    root().detachAppender(log);
    root().setLevel(Level.INFO);
    log.list.clear();
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger("ROOT");
  }

  Stream<Arguments> refused() {
    String none = "GET /api/x HTTP/1.1\r\nHost: h\r\n";
    return Stream.of(
        Arguments.of("CREDENTIALS_MISSING", 401, none + "\r\n"),
        Arguments.of(
            "CREDENTIALS_AMBIGUOUS",
            400,
            none + "Authorization: Bearer a\r\nAuthorization: Bearer a\r\n\r\n"),
        Arguments.of("CREDENTIALS_MALFORMED", 401, none + "Authorization: Bearer a b\r\n\r\n"),
        Arguments.of(
            "TOKEN_UNKNOWN", 401, none + "Authorization: Bearer " + SECRET_LOOKING + "\r\n\r\n"));
  }

  @ParameterizedTest(name = "[22.01, 22.04] {0}")
  @MethodSource("refused")
  void aRefusalIsAnsweredCountedAndLogged(String reason, int status, String request) {
    double before = count("test", "test: /api/**", reason);
    RawConnection.Response response = send(request);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.field("Cache-Control")).contains("no-store");
    assertThat(count("test", "test: /api/**", reason) - before).isEqualTo(1);
    ILoggingEvent line = refusals().getLast();
    assertThat(line.getLevel().toInt()).isLessThanOrEqualTo(Level.INFO_INT);
    assertThat(facts(line))
        .containsEntry("event.action", "refused")
        .containsEntry("event.reason", reason)
        .containsEntry("portcullis.api", "test")
        .containsEntry("portcullis.route", "test: /api/**")
        .containsEntry("http.request.method", "GET")
        .containsEntry("client.ip", "127.0.0.1")
        .containsEntry("http.request.id", response.field("X-Request-Id").orElseThrow());
    assertThat(line.getFormattedMessage()).contains(reason);
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void aRefusalForAKnownTokenNamesItsId() {
    String revoked = gateway.secretOf(TestTokens.revoked());
    send("GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + revoked + "\r\n\r\n");
    assertThat(facts(refusals().getLast()))
        .containsEntry("event.reason", "TOKEN_REVOKED")
        .containsEntry("portcullis.token_id", TestTokens.ID);
  }

  @Test
  void aRequestWithoutARouteIsCountedUnderNone() {
    double noRoute = count("none", "none", "NO_ROUTE");
    double rejected = count("none", "none", "REQUEST_REJECTED");
    assertThat(get("/nowhere").status()).isEqualTo(404);
    assertThat(get("/a/../b").status()).isEqualTo(400);
    assertThat(get("/a", "X-A : 1").status()).isEqualTo(400);
    assertThat(count("none", "none", "NO_ROUTE") - noRoute).isEqualTo(1);
    assertThat(count("none", "none", "REQUEST_REJECTED") - rejected).isEqualTo(2);
  }

  @Test
  void howTheChainDecidedIsTimed() {
    long hits = timed("HIT");
    long refusals = timed("REFUSED");
    get("/api/x");
    send("GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(timed("HIT") - hits).isEqualTo(1);
    assertThat(timed("REFUSED") - refusals).isEqualTo(1);
  }

  @Test
  void anOutageIsTimedAsOneAndIsNoRefusalOfTheToken() {
    long outages = timed("OUTAGE");
    gateway.store().switchOff();
    try {
      assertThat(get("/api/x").status()).isEqualTo(503);
    } finally {
      gateway.store().switchOn();
    }
    assertThat(timed("OUTAGE") - outages).isEqualTo(1);
    assertThat(get("/api/x").status()).isEqualTo(200);
  }

  @Test
  void noLogAtAnyLevelShowsACredential() {
    root().setLevel(Level.TRACE);
    followCarriers(new Query("tk"), new Scheme("Bearer"), new Cookie("sid"));
    get("/api/x");
    get("/api/x", "Authorization: Bearer again");
    send("GET /api/x?a=1&tk=" + token + "&b=2 HTTP/1.1\r\nHost: h\r\n\r\n");
    send("GET /api/x HTTP/1.1\r\nHost: h\r\nCookie: sid=" + token + "\r\n\r\n");
    send("GET /nowhere?tk=" + token + " HTTP/1.1\r\nHost: h\r\n\r\n");
    send("GET /api/../x?tk=" + token + " HTTP/1.1\r\nHost: h\r\n\r\n");
    get("/api/x", "X-A : " + token);
    send("GET /api/x?tk=" + token + "{} HTTP/1.1\r\nHost: h\r\n\r\n");
    send("GET /api/x?tk=" + token + " HTTP/3.1\r\nHost: h\r\n\r\n");
    send(request("POST /api/x?tk=" + token, "Transfer-Encoding: chunked") + token + "\r\n");
    gateway.follow(
        TestPolicies.forwarding(
            TestPolicies.with(
                upstream.uri(), List.of(new Query("tk")), TestPolicies.route("/api/**"))));
    send("GET /api/x?tk=" + token + " HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(upstream.last().target()).contains(token);
    root().setLevel(Level.INFO);
    assertThat(List.copyOf(log.list))
        .hasSizeGreaterThan(50)
        .noneMatch(event -> String.valueOf(event.getFormattedMessage()).contains(token))
        .noneMatch(
            event ->
                event.getThrowableProxy() != null
                    && String.valueOf(event.getThrowableProxy().getMessage()).contains(token));
  }

  @Test
  void aDisabledPrincipalLooksLikeAnUnknownTokenFromOutside() {
    String secret = gateway.secretOf(TestTokens.active(), TestPrincipals.disabled());
    RawConnection.Response response =
        send("GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + secret + "\r\n\r\n");
    assertThat(response.status()).isEqualTo(401);
    String unknown =
        "GET /api/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + SECRET_LOOKING + "\r\n\r\n";
    assertThat(withoutId(response)).isEqualTo(withoutId(send(unknown)));
  }

  @Test
  void aRefusedHeadRequestHasNoBody() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send("HEAD /api/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(connection.readToEnd()).startsWith("HTTP/1.1 401").endsWith("\r\n\r\n");
    }
  }

  private static String withoutId(RawConnection.Response response) {
    String id = response.field("X-Request-Id").orElseThrow();
    return response.toString().replace(id, "ID").replaceAll("Date: [^,]*,[^,]*", "");
  }

  private List<ILoggingEvent> refusals() {
    return log.list.stream()
        .filter(event -> event.getLoggerName().equals(RefusalLog.class.getName()))
        .toList();
  }

  private static Map<String, String> facts(ILoggingEvent event) {
    return event.getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
  }

  private double count(String api, String route, String reason) {
    var counter =
        gateway
            .meters()
            .find("portcullis.decisions")
            .tags("api", api, "route", route, "reason", reason)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  private long timed(String outcome) {
    var timer = gateway.meters().find("portcullis.chain").tag("outcome", outcome).timer();
    return timer == null ? 0 : timer.count();
  }
}
