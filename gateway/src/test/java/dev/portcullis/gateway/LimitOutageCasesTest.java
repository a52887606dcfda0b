package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.proxy.RawConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits that cannot be counted, as each says itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitOutageCasesTest {
  private static final String UNAVAILABLE = "STORE_UNAVAILABLE";
  private static final String DENYING = "GET /uncounted/deny";
  private static final String ALLOWING = "GET /uncounted/allow";
  private static final String BOTH = "GET /uncounted/both";

  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final Duration SLACK = Duration.ofMillis(300);

  private final TestBed bed =
      TestBed.start(
          "--portcullis.cache.max-staleness=5m",
          "--portcullis.redis.timeout=" + TIMEOUT.toMillis() + "ms");

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
        .metric("portcullis_limit_uncounted_total{api=\"uncounted\",route=\"uncounted:" + ALLOWING);
  }

  /** The best of three, for a busy machine may hold up any of them. */
  private void assertInTime(String line, Issued token, int status) {
    String request = TestBed.request(line, token.bearer());
    long began = System.nanoTime();
    List<CompletableFuture<Duration>> times =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          assertThat(RawConnection.exchange(bed.gateway().port(), request).status())
                              .isEqualTo(status);
                          return Duration.ofNanos(System.nanoTime() - began);
                        },
                        Thread::startVirtualThread))
            .limit(3)
            .toList();
    assertThat(times.stream().map(CompletableFuture::join).min(Comparator.naturalOrder()))
        .hasValueSatisfying(
            best -> assertThat(best).as("14.03, 14.04 no stall").isLessThan(TIMEOUT.plus(SLACK)));
  }

  @ParameterizedTest(name = "13.11, 14.02 to 14.06 {0}")
  @EnumSource
  void deniesOrAllowsInTimeAsTheLimitSaysAndThenCountsAgain(Outage outage) {
    Issued token = used();
    Answer counted = bed.check(Case.allowed("13.11", ALLOWING, token.bearer()));
    assertThat(counted.response().field("RateLimit").orElse("")).contains(";r=1;");
    outage.begin(bed);
    try {
      assertInTime(DENYING, token, 503);
      assertInTime(ALLOWING, token, 200);
      double before = uncounted();
      for (int i = 0; i < 2; i++) {
        for (String line : new String[] {DENYING, BOTH}) {
          Answer denied = bed.check(Case.refused(UNAVAILABLE, "13.11", line, token.bearer()));
          assertThat(denied.response().field("Retry-After")).as("14.02").contains("1");
          assertThat(denied.response().field("WWW-Authenticate")).isEmpty();
        }
      }
      for (int i = 0; i < 4; i++) {
        Answer allowed = bed.check(Case.allowed("13.11", ALLOWING, token.bearer()));
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
