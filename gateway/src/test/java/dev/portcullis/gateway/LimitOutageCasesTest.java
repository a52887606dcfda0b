package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row 13.11 and group 14 of the cases: limits that cannot be counted, as each says itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitOutageCasesTest {
  private static final String UNAVAILABLE = "STORE_UNAVAILABLE";
  private static final String DENYING = "GET /uncounted/deny";
  private static final String ALLOWING = "GET /uncounted/allow";
  private static final String BOTH = "GET /uncounted/both";

  private final TestBed bed =
      TestBed.start("--portcullis.cache.max-staleness=5m", "--portcullis.redis.timeout=300ms");

  LimitOutageCasesTest() {
    bed.follow(
        """
        api: uncounted
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - {match: GET /uncounted/deny, scopes: [], limit: 9 per hour}
          - {match: GET /uncounted/allow, scopes: [], limit: {limit: 2 per hour, on-outage: allow}}
          - match: GET /uncounted/both
            scopes: []
            limits: [9 per hour, {limit: 9 per hour per api, on-outage: allow}]
          - {match: GET /uncounted/none, scopes: []}
        """);
    bed.user("otto", "\"scopes\":[\"*:*\"]");
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(10));
  }

  /** A token that is cached, so that nothing but counting needs Redis. */
  private Issued used() {
    soon()
        .during(Duration.ofMillis(300))
        .until(() -> bed.gateway().metric("portcullis_invalidation_up ") == 1);
    Issued token = bed.token("otto", "uncounted:read");
    bed.check(Case.allowed("used", "GET /uncounted/none", token.bearer()));
    return token;
  }

  private double uncounted() {
    return bed.gateway()
        .metric(
            "portcullis_limit_uncounted_total{api=\"uncounted\",reason=\"ALLOWED\",route=\"uncounted:"
                + ALLOWING);
  }

  private Answer inTime(Case row) {
    long began = System.nanoTime();
    Answer answer = bed.check(row);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("14.03, 14.04 no stall")
        .isLessThan(Duration.ofSeconds(2));
    return answer;
  }

  @ParameterizedTest(name = "13.11, 14.02 to 14.06 {0}")
  @EnumSource
  void deniesOrAllowsInTimeAsTheLimitSaysAndThenCountsAgain(Outage outage) {
    Issued token = used();
    Answer counted = bed.check(Case.allowed("13.11", ALLOWING, token.bearer()));
    assertThat(counted.response().field("RateLimit").orElse("")).contains(";r=1;");
    double before = uncounted();
    outage.begin(bed);
    try {
      for (int i = 0; i < 2; i++) {
        for (String line : new String[] {DENYING, BOTH}) {
          Answer denied = inTime(Case.refused(UNAVAILABLE, "13.11", line, token.bearer()));
          assertThat(denied.response().field("Retry-After")).as("14.02").contains("1");
          assertThat(denied.response().field("WWW-Authenticate")).isEmpty();
        }
      }
      for (int i = 0; i < 4; i++) {
        Answer allowed = inTime(Case.allowed("13.11", ALLOWING, token.bearer()));
        assertThat(allowed.response().toString()).doesNotContainIgnoringCase("ratelimit");
      }
      assertThat(uncounted() - before).isEqualTo(4);
    } finally {
      outage.end(bed);
    }
    soon()
        .until(
            () -> bed.ask(ALLOWING, token.bearer()).reason(),
            reason -> reason.equals("RATE_LIMITED"));
    double after = uncounted();
    Answer again = bed.check(Case.allowed("14.06", DENYING, token.bearer()));
    assertThat(again.response().field("RateLimit")).isPresent();
    bed.check(Case.allowed("14.06", BOTH, token.bearer()));
    bed.check(Case.refused("RATE_LIMITED", "14.06", ALLOWING, token.bearer()));
    assertThat(uncounted()).isEqualTo(after);
  }
}
