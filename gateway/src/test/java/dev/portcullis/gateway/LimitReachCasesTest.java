package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.proxy.RawConnection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Which requests are counted, and which answers tell of it. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitReachCasesTest {
  private static final String LIMITED = "RATE_LIMITED";

  private final TestBed bed;
  private final DisposableServer echo =
      HttpServer.create()
          .host("127.0.0.1")
          .handle(
              (request, response) ->
                  response.sendWebsocket((in, out) -> out.send(in.receive().retain())))
          .bindNow();

  LimitReachCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: reach
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - {match: GET /reach/head, scopes: [], limit: 2 per hour}
          - {match: GET /reach/shadow, scopes: [], limit: 1 per hour, shadow: true}
        """);
    bed.follow(
        """
        api: reach-echo
        upstream: http://127.0.0.1:%d
        credentials: [bearer]
        routes:
          - {match: GET /reach-echo/ws, scopes: [], limit: 2 per hour}
        """
            .formatted(echo.port()));
    for (String style : List.of("standard", "x-ratelimit", "none")) {
      bed.follow(
          """
          api: reach-dead-%1$s
          upstream: http://127.0.0.1:1
          credentials: [bearer]
          rate-limit-headers: %1$s
          routes:
            - {match: GET /reach-dead-%1$s, scopes: [], limit: 2 per hour}
          """
              .formatted(style));
    }
    bed.user("rhea", "\"scopes\":[\"*:*\"]");
  }

  @AfterAll
  void stop() {
    echo.disposeNow();
  }

  private Issued fresh() {
    return bed.token("rhea", "reach:read");
  }

  @Test
  void anUpgradeIsCountedAndRefusedLikeAnyRequest() {
    String[] handshake = {
      fresh().bearer(),
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    for (int left = 1; left >= 0; left--) {
      Answer upgraded = bed.ask("GET /reach-echo/ws", handshake);
      assertThat(upgraded.status()).isEqualTo(101);
      assertThat(upgraded.response().field("RateLimit").orElse(""))
          .startsWith("\"route-token-hour\";r=" + left);
    }
    Answer refused = bed.ask("GET /reach-echo/ws", handshake);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.reason()).isEqualTo(LIMITED);
    assertThat(refused.response().field("Retry-After")).isPresent();
    assertThat(refused.response().field("Upgrade")).isEmpty();
  }

  @Test
  void headCountsLikeGet() {
    Issued own = fresh();
    assertThat(head(own))
        .startsWith("HTTP/1.1 200 ")
        .contains("RateLimit: \"route-token-hour\";r=1");
    assertThat(bed.ask("GET /reach/head", own.bearer()).reason()).isEqualTo(Case.ALLOWED);
    assertThat(bed.ask("GET /reach/head", own.bearer()).reason()).isEqualTo(LIMITED);
    assertThat(head(own))
        .startsWith("HTTP/1.1 429 ")
        .contains("RateLimit: \"route-token-hour\";r=0", "Retry-After: ")
        .endsWith("\r\n\r\n");
  }

  private String head(Issued token) {
    try (RawConnection connection = RawConnection.to(bed.gateway().port())) {
      return connection
          .send(TestBed.request("HEAD /reach/head", token.bearer(), "Connection: close"))
          .readToEnd();
    }
  }

  @Test
  void aRouteInShadowModeLetsPassWhatItsLimitWouldRefuse() {
    Issued own = fresh();
    double before = shadowed();
    assertThat(bed.ask("GET /reach/shadow", own.bearer()).reason()).isEqualTo(Case.ALLOWED);
    assertThat(shadowed()).isEqualTo(before);
    for (int i = 1; i <= 3; i++) {
      Answer answer = bed.ask("GET /reach/shadow", own.bearer());
      assertThat(answer.status()).as("17.12").isEqualTo(200);
      assertThat(answer.passed()).hasSize(1);
      assertThat(answer.response().field("Retry-After")).isEmpty();
      assertThat(shadowed() - before).isEqualTo(i);
    }
  }

  private double shadowed() {
    return bed.gateway()
        .metric("portcullis_shadow_refusals_total{api=\"reach\",reason=\"RATE_LIMITED\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "standard, RateLimit, '\"route-token-hour\";r=1;'",
    "x-ratelimit, X-RateLimit-Remaining, 1",
    "none, RateLimit, ''"
  })
  void theAnswerInPlaceOfADeadUpstreamTellsThatItWasCounted(
      String style, String field, String value) {
    String line = "GET /reach-dead-" + style;
    Issued own = fresh();
    Answer dead = bed.ask(line, own.bearer());
    assertThat(dead.status()).isEqualTo(502);
    assertThat(dead.response().field(field).orElse("")).startsWith(value);
    assertThat(dead.response().fields().stream().filter(told -> told.startsWith("X-Request-Id")))
        .hasSize(1);
    assertThat(bed.ask(line, own.bearer()).status()).isEqualTo(502);
    assertThat(bed.ask(line, own.bearer()).status()).isEqualTo(429);
  }
}
