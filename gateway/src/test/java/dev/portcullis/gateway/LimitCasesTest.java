package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may have how much. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitCasesTest {
  private static final String LIMITED = "RATE_LIMITED";
  private static final String EXHAUSTED = "QUOTA_EXHAUSTED";

  private static final String BUCKETS = "{portcullis}:bucket:";

  private final TestBed bed;
  private final Issued sibling;

  LimitCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: counts
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - {match: GET /counts/hour, scopes: [], limit: 3 per hour}
          - {match: GET /counts/other, scopes: [], limit: 3 per hour}
          - {match: GET /counts/day, scopes: [], limit: 2 per day}
          - {match: GET /counts/second, scopes: [], limit: 2 per second}
          - {match: GET /counts/windows, scopes: [], limits: [2 per hour, 9 per day]}
          - {match: GET /counts/tenant, scopes: [], limits: [3 per hour, 2 per hour per organization]}
          - {match: GET /counts/cost, scopes: [], limit: 10 per hour, cost: 4}
          - {match: GET /counts/free, scopes: [], limit: 1 per hour, cost: 0}
          - {match: GET /counts/public, public: true, limit: 2 per hour per address}
          - {match: GET /counts/leased, scopes: [], limit: 40 per hour leased}
          - {match: GET /counts/upstream, scopes: [], limit: 50 per hour}
          - {match: GET /counts/scope, scopes: ["nobody:has"], limit: 1 per hour}
          - {match: GET /counts/own, scopes: []}
        """);
    bed.follow(
        """
        api: counts-all
        upstream: UPSTREAM
        credentials: [bearer]
        rate-limit-headers: x-ratelimit
        limits: [4 per hour per principal]
        errors: own
        routes:
          - {match: GET /counts-all/a, scopes: []}
          - {match: GET /counts-all/b, scopes: []}
        error-profiles:
          own:
            RATE_LIMITED:
              status: 430
              content-type: application/json
              headers: {X-RateLimit-Scope: user}
              body: '{"message": "rate limit exceeded", "in": ${retry-after}}'
        """);
    bed.follow(
        """
        api: counts-hidden
        upstream: UPSTREAM
        credentials: [bearer]
        rate-limit-headers: none
        routes:
          - {match: GET /counts-hidden/a, scopes: [], limit: 1 per hour}
        """);
    bed.user("lena", "\"organization\":\"lab\",\"scopes\":[\"counts:*\"]");
    bed.user("lars", "\"organization\":\"lab\",\"scopes\":[\"counts:*\"]");
    sibling = bed.token("lars", "counts:read");
  }

  private Issued fresh() {
    return bed.token("lena", "counts:read");
  }

  private Answer get(String path, Issued token) {
    return bed.ask("GET " + path, token.bearer());
  }

  private List<String> reasons(int times, String path, Issued token) {
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      reasons.add(get(path, token).reason());
    }
    return reasons;
  }

  private static String field(Answer answer, String name) {
    return answer.response().field(name).orElse("");
  }

  @Test
  void refusesTheOneAfterTheLastAndTellsAllTheWay() {
    Issued own = fresh();
    for (int left = 2; left >= 0; left--) {
      Answer answer = get("/counts/hour", own);
      assertThat(answer.status()).as("13.01").isEqualTo(200);
      assertThat(field(answer, "RateLimit-Policy")).isEqualTo("\"route-token-hour\";q=3;w=3600");
      assertThat(field(answer, "RateLimit")).startsWith("\"route-token-hour\";r=" + left + ";t=");
    }
    Answer refused = get("/counts/hour", own);
    assertThat(refused.reason()).isEqualTo(LIMITED);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.passed()).isEmpty();
    long wait = Long.parseLong(field(refused, "Retry-After"));
    assertThat(wait).isBetween(1100L, 1200L);
    assertThat(field(refused, "RateLimit")).isEqualTo("\"route-token-hour\";r=0;t=" + wait);
    assertThat(refused.response().body()).contains("\"violated-policies\":[\"route-token-hour\"]");
    assertThat(field(refused, "Cache-Control")).as("RFC 6585, section 4").contains("no-store");
  }

  @Test
  void tellsAnExhaustedQuotaFromARate() {
    Issued own = fresh();
    assertThat(reasons(3, "/counts/day", own)).containsExactly("ALLOWED", "ALLOWED", EXHAUSTED);
    long wait = Long.parseLong(field(get("/counts/day", own), "Retry-After"));
    LocalDate tomorrow = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).plusDays(1);
    assertThat(Instant.now().plusSeconds(wait))
        .isCloseTo(
            tomorrow.atStartOfDay().toInstant(ZoneOffset.UTC), within(30, ChronoUnit.SECONDS));
  }

  @Test
  void admitsAgainOnceTimeHasPassed() {
    Issued own = fresh();
    await()
        .pollDelay(Duration.ZERO)
        .until(() -> get("/counts/second", own).reason(), LIMITED::equals);
    await("13.05").until(() -> get("/counts/second", own).reason(), Case.ALLOWED::equals);
  }

  @Test
  void tellsOfTheTightestOfSeveralWindowsAndOneRefusesForAll() {
    Issued own = fresh();
    Answer answer = get("/counts/windows", own);
    assertThat(field(answer, "RateLimit-Policy"))
        .isEqualTo("\"route-token-hour\";q=2;w=3600, \"route-token-day\";q=9;w=86400");
    assertThat(field(answer, "RateLimit")).as("13.03").startsWith("\"route-token-hour\";r=1;");
    assertThat(reasons(20, "/counts/windows", own)).contains(LIMITED).doesNotContain(EXHAUSTED);
  }

  @Test
  void countsNowhereWhatOneLimitRefuses() {
    Issued own = fresh();
    assertThat(get("/counts/tenant", sibling).reason()).isEqualTo(Case.ALLOWED);
    assertThat(get("/counts/tenant", own).reason()).isEqualTo(Case.ALLOWED);
    for (int i = 0; i < 20; i++) {
      Answer answer = get("/counts/tenant", own);
      assertThat(field(answer, "RateLimit")).as("13.07").contains("route-organization-hour\";r=0");
    }
    assertThat(
            bed.redis()
                .run(
                    "DEL",
                    BUCKETS + "counts:GET /counts/tenant|organization|2/hour||organization:lab"))
        .isEqualTo("1");
    await("13.04")
        .untilAsserted(
            () -> assertThat(get("/counts/tenant", own).reason()).isEqualTo(Case.ALLOWED));
    assertThat(get("/counts/tenant", own).reason())
        .as("3 of the token's own, as if the refused had never been")
        .isEqualTo(Case.ALLOWED);
  }

  @Test
  void countsEachRouteAndEachTokenByItself() {
    Issued own = fresh();
    assertThat(reasons(4, "/counts/hour", own)).endsWith(LIMITED);
    assertThat(get("/counts/other", own).reason()).as("13.17").isEqualTo(Case.ALLOWED);
    assertThat(get("/counts/hour", fresh()).reason()).isEqualTo(Case.ALLOWED);
  }

  @Test
  void countsAllRoutesOfAnApiTogetherUnderTheNamesThatItAsksFor() {
    bed.user("lou", "\"scopes\":[\"counts:*\"]");
    Issued one = bed.token("lou", "counts:read");
    Issued other = bed.token("lou", "counts:read");
    long now = bed.gateway().clock().instant().getEpochSecond();
    Answer first = get("/counts-all/a", one);
    assertThat(field(first, "X-RateLimit-Limit")).isEqualTo("4");
    assertThat(field(first, "X-RateLimit-Remaining")).isEqualTo("3");
    assertThat(Long.parseLong(field(first, "X-RateLimit-Reset"))).isBetween(now + 800, now + 901);
    assertThat(field(first, "RateLimit")).isEmpty();
    get("/counts-all/b", one);
    get("/counts-all/a", other);
    get("/counts-all/b", other);
    Answer refused = get("/counts-all/a", one);
    assertThat(refused.status()).as("13.10").isEqualTo(430);
    assertThat(refused.response().body()).startsWith("{\"message\": \"rate limit exceeded\"");
    assertThat(field(refused, "X-RateLimit-Scope")).isEqualTo("user");
    assertThat(field(refused, "X-RateLimit-Remaining")).isEqualTo("0");
  }

  @Test
  void hidesTheFieldsWhereThePolicySaysSo() {
    Issued own = fresh();
    Answer allowed = get("/counts-hidden/a", own);
    Answer refused = get("/counts-hidden/a", own);
    assertThat(refused.status()).isEqualTo(429);
    for (Answer answer : List.of(allowed, refused)) {
      assertThat(answer.response().toString().toLowerCase(Locale.ROOT))
          .as("13.02")
          .doesNotContain("ratelimit");
    }
    assertThat(field(refused, "Retry-After")).isNotEmpty();
  }

  @Test
  void countsARequestForWhatItCosts() {
    Issued own = fresh();
    assertThat(reasons(3, "/counts/cost", own))
        .as("13.15")
        .containsExactly("ALLOWED", "ALLOWED", LIMITED);
    assertThat(reasons(5, "/counts/free", own)).containsOnly(Case.ALLOWED);
  }

  @Test
  void countsAnybodyByAddressWithoutCredentials() {
    for (int i = 0; i < 2; i++) {
      assertThat(bed.askFrom("127.0.0.8", "GET /counts/public").reason()).isEqualTo(Case.ALLOWED);
    }
    assertThat(bed.askFrom("127.0.0.8", "GET /counts/public").reason()).isEqualTo(LIMITED);
    assertThat(
            bed.askFrom("127.0.0.8", "GET /counts/public", "X-Forwarded-For: 192.0.2.1").reason())
        .isEqualTo(LIMITED);
    assertThat(bed.askFrom("127.0.0.9", "GET /counts/public").reason()).isEqualTo(Case.ALLOWED);
  }

  @Test
  void doesNotAddToWhatTheUpstreamSaysOfLimits() {
    bed.upstream()
        .stubFor(
            WireMock.get("/counts/upstream")
                .willReturn(
                    WireMock.ok()
                        .withHeader("RateLimit", "\"theirs\";r=1;t=1")
                        .withHeader("ratelimit-policy", "\"theirs\";q=1;w=1")
                        .withHeader("X-RateLimit-Limit", "1")
                        .withHeader("X-Other", "kept")));
    Answer answer = get("/counts/upstream", fresh());
    assertThat(field(answer, "RateLimit")).as("13.09").startsWith("\"route-token-hour\";r=49");
    assertThat(answer.response().toString()).doesNotContain("theirs").doesNotContain("X-RateLimit");
    assertThat(field(answer, "X-Other")).isEqualTo("kept");
  }

  @Test
  void neverAdmitsMoreThanTheLimitThroughLeases() {
    Issued own = fresh();
    long admitted =
        IntStream.range(0, 60)
            .filter(i -> get("/counts/leased", own).reason().equals(Case.ALLOWED))
            .count();
    assertThat(admitted).isBetween(30L, 40L);
  }

  @Test
  void asksForTheScopeBeforeItCounts() {
    Issued own = fresh();
    assertThat(reasons(5, "/counts/scope", own)).as("13.14").containsOnly("SCOPE_INSUFFICIENT");
  }

  @Test
  void aTokensOwnLimitsHoldEverywhereAndOutliveItsRegeneration() {
    Issued own =
        bed.issue(
            "lena", "\"kind\":\"api\",\"scopes\":[\"counts:read\"],\"limits\":[\"3 per day\"]");
    assertThat(get("/counts/own", own).reason()).isEqualTo(Case.ALLOWED);
    assertThat(field(get("/counts/hour", own), "RateLimit"))
        .as("13.08 both hold, the tighter is told")
        .startsWith("\"own-day\";r=1;");
    var answer = bed.gateway().operator().post("/v1/tokens/" + own.id() + "/regenerate", "{}");
    Issued next = new Issued(answer.at("/token/id"), answer.at("/secret"));
    assertThat(reasons(2, "/counts/own", next)).containsExactly(Case.ALLOWED, EXHAUSTED);
  }
}
