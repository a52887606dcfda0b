package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is told. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalCasesTest {
  private static final String LINE = "GET /refusals/x";
  private static final String STYLED = "GET /styled/x";
  private static final String UNKNOWN = "Authorization: Bearer pcat_nobodys";

  private final TestBed bed;
  private final Issued token;
  private final Issued expired;
  private final Issued revoked;

  RefusalCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: refusals
        upstream: UPSTREAM
        realm: the shop
        credentials: [bearer]
        routes:
          - match: GET /refusals/x
            scopes: ["refusals:read"]
        """);
    bed.follow(
        """
        api: styled
        upstream: UPSTREAM
        credentials: [bearer]
        errors: own
        routes:
          - match: GET /styled/x
            scopes: ["refusals:write"]
          - match: OPTIONS /styled/x
            public: true
        error-profiles:
          own:
            default:
              content-type: application/json
              headers: {Access-Control-Allow-Origin: "https://app.test", Vary: Origin}
              body: '{"code": ${status}, "why": "${reason}", "id": "${request-id}"}'
            CREDENTIALS_MISSING:
              status: 403
              content-type: text/plain
              body: please log in
            TOKEN_UNKNOWN:
              status: 404
        """);
    bed.user("rene", "\"scopes\":[\"*:*\"]");
    token = bed.token("rene", "refusals:read");
    revoked = bed.token("rene", "refusals:read");
    bed.revoke(revoked);
    expired = bed.token("rene", "refusals:read");
    String hash = bed.redis().run("HGET", "{portcullis}:token-hashes", expired.id());
    bed.redis().run("HSET", "{portcullis}:token:" + hash, "expiresAt", "2026-01-01T00:00:00Z");
  }

  private Stream<Arguments> challenges() {
    String invalid = "Bearer realm=\"the shop\", error=\"invalid_token\"";
    return Stream.of(
        Arguments.of(
            "3.01 missing", "X-Any: x", "CREDENTIALS_MISSING", "Bearer realm=\"the shop\""),
        Arguments.of("3.02 unknown", UNKNOWN, "TOKEN_UNKNOWN", invalid),
        Arguments.of("3.02 expired", expired.bearer(), "TOKEN_EXPIRED", invalid),
        Arguments.of("3.02 revoked", revoked.bearer(), "TOKEN_REVOKED", invalid),
        Arguments.of("3.02 malformed", UNKNOWN + " x", "CREDENTIALS_MALFORMED", invalid));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("challenges")
  void a401ChallengesAndTellsNoMore(String row, String field, String reason, String challenge) {
    TestBed.Answer answer = bed.check(Case.refused(reason, row, LINE, field));
    assertThat(answer.response().field("WWW-Authenticate")).contains(challenge);
    assertThat(answer.response().field("Cache-Control")).contains("no-store");
    assertThat(answer.response().field("Content-Type")).contains("application/problem+json");
    assertThat(answer.response().body())
        .as("3.07, 3.08")
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,\"requestId\":\"%s\"}",
            answer.response().field("X-Request-Id").orElseThrow());
  }

  @ParameterizedTest(name = "3.07 Accept: {0}")
  @ValueSource(strings = {"application/problem+json", "text/html", "*/*"})
  void problemDetailsAreTheAnswerWhateverIsAccepted(String accept) {
    assertThat(bed.ask(LINE, "Accept: " + accept).response().field("Content-Type"))
        .contains("application/problem+json");
  }

  @Test
  void whatAPolicyConfiguresIsWhatIsAnswered() {
    TestBed.Answer missing = bed.ask(STYLED);
    assertThat(missing.status()).as("3.05").isEqualTo(403);
    assertThat(missing.response().field("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(missing.response().body()).isEqualTo("please log in");
    TestBed.Answer unknown = bed.ask(STYLED, UNKNOWN);
    assertThat(unknown.status()).as("3.05").isEqualTo(404);
    assertThat(unknown.response().body()).startsWith("{\"code\": 404, \"why\": \"TOKEN_UNKNOWN\"");
    TestBed.Answer scope = bed.ask(STYLED, token.bearer());
    assertThat(scope.status()).as("3.05 the rest is inherited").isEqualTo(403);
    assertThat(scope.response().body())
        .contains(scope.response().field("X-Request-Id").orElseThrow());
  }

  @Test
  void aRefusalHasTheHeadersThatBrowsersOfAnotherOriginNeed() {
    TestBed.Answer answer = bed.ask(STYLED, "Origin: https://app.test");
    assertThat(answer.response().field("Access-Control-Allow-Origin"))
        .as("21.03")
        .contains("https://app.test");
    assertThat(answer.response().field("Vary")).contains("Origin");
  }

  @ParameterizedTest(name = "21.01 preflight of {0} -> {1}")
  @CsvSource({"/styled/x, 200", "/refusals/x, 404"})
  void aPreflightIsWhatThePolicySaysOfOptions(String target, int status) {
    TestBed.Answer answer =
        bed.ask(
            "OPTIONS " + target, "Origin: https://app.test", "Access-Control-Request-Method: GET");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.passed()).hasSize(status == 200 ? 1 : 0);
  }

  @Test
  void aRestrictedRouteAsksWhoItIsBeforeItRefusesWhatTheyMayNot() {
    bed.check(Case.refused("CREDENTIALS_MISSING", "3.10", LINE));
    assertThat(bed.ask(STYLED, token.bearer()).reason()).as("3.10").isEqualTo("SCOPE_INSUFFICIENT");
  }
}
