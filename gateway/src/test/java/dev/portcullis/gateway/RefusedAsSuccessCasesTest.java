package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A failure that a policy answers with status 200 is one everywhere but in its status. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedAsSuccessCasesTest {
  private static final String BODY =
      "{\"success\": false, \"authError\": true, \"error\": \"Invalid authorization request\"}";
  private static final String LINE = "GET /success/x";
  private static final String EMAIL = "Email: sue@example.org";
  private static final int FAILURES = 5;

  private final TestBed bed =
      TestBed.start(
          "--portcullis.failures.limit=" + FAILURES + " per hour", "--portcullis.redis.timeout=2s");
  private final Issued token;
  private int addresses;

  RefusedAsSuccessCasesTest() {
    bed.follow(
        """
        api: success
        upstream: UPSTREAM
        credentials: [bearer]
        email: required
        activity: all
        errors: as-success
        routes:
          - match: GET /success/x
            scopes: ["success:read"]
            # none of which is to see a refusal, or to make another of it
            filters: ["Retry=3", "SetStatus=202", "SetResponseHeader=Cache-Control, public"]
        error-profiles:
          as-success:
            default:
              status: 200
              content-type: application/json
              body: '%s'
        """
            .formatted(BODY));
    bed.user("sue", "\"email\":\"sue@example.org\",\"scopes\":[\"*:*\"]");
    token = bed.token("sue", "success:read");
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  /** An address of loopback from which nothing came yet. */
  private String elsewhere() {
    addresses++;
    return "127.0.4." + addresses;
  }

  private double metric(String beginning) {
    return bed.gateway().metric(beginning);
  }

  private double decided(String reason) {
    return bed.gateway().decisions().getOrDefault(reason, 0L);
  }

  /** One failure of each sort, by its reason: field lines after it. */
  private Stream<List<String>> failures() {
    Issued revoked = bed.token("sue", "success:read");
    bed.revoke(revoked);
    String forged = "Authorization: Bearer pcat_forged";
    return Stream.of(
        List.of("CREDENTIALS_MISSING", EMAIL),
        List.of("CREDENTIALS_MALFORMED", EMAIL, forged + " x"),
        List.of("CREDENTIALS_AMBIGUOUS", EMAIL, forged, forged),
        List.of("EMAIL_MISSING", token.bearer()),
        List.of("EMAIL_MISMATCH", "Email: eve@example.org", token.bearer()),
        List.of("TOKEN_UNKNOWN", EMAIL, forged),
        List.of("TOKEN_REVOKED", EMAIL, revoked.bearer()),
        List.of("SCOPE_INSUFFICIENT", EMAIL, bed.token("sue", "other:read").bearer()));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isCountedLoggedAndNotCached(List<String> failure) {
    String reason = failure.getFirst();
    double counted = decided(reason);
    double refused = metric("portcullis_chain_seconds_count{outcome=\"REFUSED\"");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    log.start();
    root.addAppender(log);
    Answer answer;
    try {
      answer =
          bed.askFrom(elsewhere(), LINE, failure.subList(1, failure.size()).toArray(String[]::new));
    } finally {
      root.detachAppender(log);
    }
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().body()).isEqualTo(BODY);
    assertThat(answer.response().field("Content-Type").orElse("")).startsWith("application/json");
    assertThat(answer.response().fields())
        .filteredOn(line -> line.toLowerCase(Locale.ROOT).startsWith("cache-control"))
        .containsExactly("Cache-Control: no-store");
    assertThat(answer.passed()).isEmpty();
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(decided(reason)).isEqualTo(counted + 1);
    assertThat(metric("portcullis_chain_seconds_count{outcome=\"REFUSED\"")).isEqualTo(refused + 1);
    assertThat(log.list)
        .filteredOn(line -> line.getFormattedMessage().startsWith("refused "))
        .singleElement()
        .satisfies(line -> assertThat(line.getFormattedMessage()).contains(reason));
  }

  @Test
  void isAFailedAuthenticationToTheThrottle() {
    String address = elsewhere();
    for (int i = 0; i < FAILURES; i++) {
      assertThat(bed.askFrom(address, LINE, EMAIL, "Authorization: Bearer pcat_guess").reason())
          .isEqualTo("TOKEN_UNKNOWN");
    }
    Answer throttled = bed.askFrom(address, LINE, EMAIL, "Authorization: Bearer pcat_guess");
    assertThat(throttled.reason()).isEqualTo("TOO_MANY_FAILURES");
    assertThat(throttled.status()).isEqualTo(200);
    assertThat(throttled.response().body()).isEqualTo(BODY);
    assertThat(throttled.response().field("Cache-Control")).contains("no-store");
  }

  @Test
  void isNoUseOfTheTokenAndNoActivity() {
    Issued unused = bed.token("sue", "success:read");
    bed.askFrom(elsewhere(), LINE, "Email: eve@example.org", unused.bearer());
    Answer passed = bed.askFrom(elsewhere(), LINE, EMAIL, token.bearer());
    assertThat(passed.status()).as("the filters see this one").isEqualTo(202);
    await().until(() -> requests(token).contains("GET /success/x -> 202"));
    assertThat(requests(unused)).doesNotContain("GET");
  }

  private String requests(Issued of) {
    return bed.gateway()
        .operator()
        .get("/v1/audit?action=request&token=" + of.id())
        .response()
        .body();
  }

  @Test
  void nothingCountsRequestsOfTheDataPlaneByTheirStatus() {
    bed.askFrom(elsewhere(), LINE, EMAIL, "Authorization: Bearer pcat_forged");
    bed.upstream().verify(0, WireMock.getRequestedFor(WireMock.urlEqualTo("/success/x")));
    assertThat(bed.gateway().metrics().lines())
        .filteredOn(line -> line.startsWith("http_server_requests"))
        .noneMatch(line -> line.contains("/success"))
        .allMatch(
            line ->
                line.contains("uri=\"/v1/")
                    || line.contains("uri=\"/actuator/")
                    || line.contains("UNKNOWN"));
    assertThat(bed.gateway().metrics())
        .doesNotContain(
            "spring_cloud_gateway", "reactor_netty_http_server", "http_client_requests");
  }
}
