package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.proxy.RawConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is counted and logged. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObservabilityCasesTest {
  private static final String LINE = "GET /observed/7";
  private static final int MANY = 10_000;
  private static final String EMAIL = "Email: olga@example.org";

  private final TestBed bed;
  private final Issued token;

  ObservabilityCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: observed
        upstream: UPSTREAM
        credentials: [bearer]
        email: required
        organization-header: Org
        routes:
          - match: GET /observed/{x}
            scopes: ["observed/{x}:read"]
        """);
    bed.user("olga", "\"email\":\"olga@example.org\",\"scopes\":[\"*:*\"]");
    bed.user("otto", "\"email\":\"olga@example.org\",\"scopes\":[\"*:*\"]");
    token = bed.token("olga", "observed/*:read");
  }

  private Stream<Case> reasons() {
    Issued revoked = bed.token("olga", "observed/*:read");
    bed.revoke(revoked);
    Issued expired =
        bed.issue(
            "olga", "\"kind\":\"api\",\"scopes\":[\"observed/*:read\"],\"expiresIn\":\"PT0.001S\"");
    bed.gateway().clock().advance(Duration.ofMillis(1));
    Issued disabled = bed.token("otto", "observed/*:read");
    bed.change("otto", "enabled", "false");
    Issued elsewhere =
        bed.issue(
            "olga",
            "\"kind\":\"api\",\"scopes\":[\"observed/*:read\"],\"allowedAddresses\":[\"10.0.0.1\"]");
    String forged = "Authorization: Bearer pcat_forged";
    return Stream.of(
        Case.allowed("22.01 ALLOWED", LINE, EMAIL, token.bearer()),
        refused("CREDENTIALS_MISSING", EMAIL),
        refused("CREDENTIALS_MALFORMED", EMAIL, forged + " x"),
        refused("CREDENTIALS_AMBIGUOUS", EMAIL, forged, forged),
        refused("EMAIL_MISSING", token.bearer()),
        refused("EMAIL_MISMATCH", "Email: eve@example.org", token.bearer()),
        refused("ORGANIZATION_MISMATCH", EMAIL, "Org: x", token.bearer()),
        refused("TOKEN_UNKNOWN", EMAIL, forged),
        refused("TOKEN_EXPIRED", EMAIL, expired.bearer()),
        refused("TOKEN_REVOKED", EMAIL, revoked.bearer()),
        refused("PRINCIPAL_DISABLED", EMAIL, disabled.bearer()),
        refused("ADDRESS_NOT_ALLOWED", EMAIL, elsewhere.bearer()),
        refused("SCOPE_INSUFFICIENT", EMAIL, bed.token("olga", "observed/8:read").bearer()));
  }

  private static Case refused(String reason, String... fields) {
    return Case.refused(reason, "22.01, 22.04 " + reason, LINE, fields);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reasons")
  void oneDecisionIsOneCountAndOneRefusalOneLine(Case row) {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    log.start();
    root.addAppender(log);
    TestBed.Answer answer;
    try {
      answer = bed.check(row);
    } finally {
      root.detachAppender(log);
    }
    List<Map<String, String>> lines =
        log.list.stream()
            .filter(line -> line.getLoggerName().endsWith(".RefusalLog"))
            .map(
                line ->
                    line.getKeyValuePairs().stream()
                        .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value + "")))
            .toList();
    if (row.reason().equals(Case.ALLOWED)) {
      assertThat(lines).isEmpty();
      return;
    }
    assertThat(lines)
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .containsEntry("event.reason", row.reason())
                    .containsEntry("portcullis.route", "observed:GET /observed/{x}")
                    .containsEntry("portcullis.api", "observed")
                    .containsEntry(
                        "http.request.id", answer.response().field("X-Request-Id").orElseThrow()));
    boolean known =
        Set.of("CREDENTIALS", "EMAIL_MISSING", "TOKEN_UNKNOWN").stream()
            .noneMatch(row.reason()::startsWith);
    assertThat(lines.getFirst().getOrDefault("portcullis.token_id", ""))
        .as("22.04")
        .matches(known ? "[0-9a-z]{26}" : "");
  }

  @Test
  void theNumberOfSeriesDoesNotDependOnWhatClientsSend() {
    send("warm");
    long before = series();
    try (RawConnection connection = RawConnection.to(bed.gateway().port())) {
      for (int i = 0; i < MANY; i++) {
        String id = "distinct-" + i;
        assertThat(status(connection, "/observed/" + id, id, id + "@example.org", id))
            .isEqualTo(401);
        if (i % 10 == 0) {
          assertThat(status(connection, "/nowhere/" + id, id, id, id)).isEqualTo(404);
          assertThat(status(connection, "/observed/" + id, token.secret(), "olga@example.org", id))
              .isEqualTo(200);
        }
      }
      assertThat(connection.send(TestBed.request("M1 /observed/1")).read().status()).isEqualTo(404);
      assertThat(connection.send(TestBed.request("M2 /observed/1")).read().status()).isEqualTo(404);
    }
    assertThat(series()).as("22.02").isEqualTo(before);
    assertThat(bed.gateway().metrics()).doesNotContain("distinct-", "M2", "olga");
  }

  private static int status(
      RawConnection connection, String path, String secret, String email, String agent) {
    return connection
        .send(
            TestBed.request(
                "GET " + path + "?q=" + agent,
                "Authorization: Bearer " + secret,
                "Email: " + email,
                "User-Agent: " + agent))
        .read()
        .status();
  }

  /** One request of each sort that the test sends, so that all series are there. */
  private void send(String id) {
    bed.ask("GET /observed/" + id, EMAIL, token.bearer());
    bed.ask("GET /observed/" + id, "Email: x@example.org", token.bearer());
    bed.ask("GET /observed/" + id, EMAIL, "Authorization: Bearer " + id);
    bed.ask("GET /nowhere/" + id);
    bed.ask("M0 /observed/1");
    // counted a while after the start
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> bed.gateway().metrics().contains("portcullis_tokens_expiring{"));
  }

  /** Those of the virtual machine come and go by themselves. */
  private long series() {
    return bed.gateway()
        .metrics()
        .lines()
        .filter(line -> !line.startsWith("#") && !line.startsWith("jvm_"))
        .count();
  }

  @ParameterizedTest(name = "22.06, 22.07 {0}")
  @ValueSource(
      strings = {
        "portcullis_decisions_total",
        "portcullis_chain_seconds_bucket",
        "portcullis_invalidation_lag_seconds",
        "portcullis_invalidation_round_trip_seconds_count",
        "portcullis_invalidation_up",
        "portcullis_store_up",
        "portcullis_store_seconds_bucket",
        "portcullis_cache_requests_total",
        "portcullis_cache_evictions_total",
        "portcullis_cache_size",
        "portcullis_cache_stale_total",
        "portcullis_failures_sources",
        "portcullis_limit_buckets",
        "portcullis_policy_generation",
        "portcullis_policy_reload_failures_total"
      })
  void isMeasured(String name) {
    send("measured");
    assertThat(bed.gateway().metrics().lines())
        .anyMatch(line -> line.startsWith(name + " ") || line.startsWith(name + "{"));
  }
}
