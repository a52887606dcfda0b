package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Limit.Mode;
import dev.portcullis.policy.Limit.OnOutage;
import dev.portcullis.policy.Limit.Subject;
import dev.portcullis.policy.Limit.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policy files say of limits, and what is refused. */
class LimitReaderTest {
  private static final String ROUTE = "routes: [{match: GET /a, scopes: []}]\n";

  @Test
  void readsLimitsOfTheApiAndOfARoute() {
    Policy policy =
        policy(
            """
            limits:
              - 5000 per day per organization
              - {limit: 1000 per second per token leased, name: burst, burst: 2000, on-outage: allow}
            rate-limit-headers: x-ratelimit
            routes:
              - match: POST /v1/x
                id: x
                scopes: []
                limits: [7 per hour per api, {limit: 8 per day, on-outage: deny}]
                limit: {limit: 9 per minute, burst: 3}
                cost: 2
            """);
    Route route = policy.routes().getFirst();

    assertThat(policy.limitHeaders()).isEqualTo(LimitHeaders.X_RATELIMIT);
    assertThat(policy.limits().written())
        .containsExactly(
            new Limit(
                "api-organization-day",
                5000,
                Window.DAY,
                Subject.ORGANIZATION,
                5000,
                Mode.EXACT,
                OnOutage.DENY),
            new Limit(
                "burst", 1000, Window.SECOND, Subject.TOKEN, 2000, Mode.LEASED, OnOutage.ALLOW));
    assertThat(route.limits().written())
        .containsExactly(
            new Limit("route-api-hour", 7, Window.HOUR, Subject.API, 7, Mode.EXACT, OnOutage.DENY),
            new Limit(
                "route-token-day", 8, Window.DAY, Subject.TOKEN, 8, Mode.EXACT, OnOutage.DENY),
            new Limit(
                "route-token-minute",
                9,
                Window.MINUTE,
                Subject.TOKEN,
                3,
                Mode.EXACT,
                OnOutage.DENY));
    assertThat(route.limits().sets())
        .extracting(LimitSet::id)
        .containsExactly("test:x|api|7/hour", "test:x|token|8/day,9/minute/3");
    assertThat(route.cost()).isEqualTo(2);
  }

  @Test
  void admitsAllWhereNoLimitIsWritten() {
    Policy policy = policy(ROUTE);

    assertThat(policy.limits()).isSameAs(Limits.NONE);
    assertThat(policy.limitHeaders()).isEqualTo(LimitHeaders.STANDARD);
    assertThat(policy.routes().getFirst().limits()).isSameAs(Limits.NONE);
    assertThat(policy.routes().getFirst().cost()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"standard, STANDARD", "x-ratelimit, X_RATELIMIT", "none, NONE"})
  void tellsClientsAsTheFileSays(String word, LimitHeaders headers) {
    assertThat(policy("rate-limit-headers: " + word + "\n" + ROUTE).limitHeaders())
        .isEqualTo(headers);
  }

  @Test
  void countsAnApiApartFromItsRoutesAndFromTokens() {
    String yaml =
        """
        api: own
        upstream: http://localhost:9000
        credentials: [bearer]
        limits: [5 per day]
        routes: [{match: GET /a, scopes: [], limit: 5 per day}]
        """;
    Policy policy = TestPolicies.read(yaml).policies().getFirst();

    assertThat(
            List.of(
                policy.limits().sets().getFirst(),
                policy.routes().getFirst().limits().sets().getFirst(),
                Limits.ofToken(List.of(Limit.ofToken("5 per day"))).sets().getFirst()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{match: GET /a, public: true, limit: 5 per day per address}",
        "{match: GET /a, public: true, limits: [5 per day per api, 5 per hour per api]}",
        "{match: GET /a, public: true, cost: 10}",
        "{match: GET /a, scopes: [], cost: 0, limit: {limit: 5 per day, name: short}}",
        "{match: GET /a, scopes: [], cost: 9, limit: {limit: 1 per second, burst: 9}}",
        "{match: GET /a, scopes: [], cost: 9, limit: 10 per second leased}",
        "{match: GET /a, scopes: [], cost: 9, limit: 9 per day leased}",
        "{match: GET /a, public: true, limit: {limit: 9 per day per api, name: few}}",
      })
  void admitsWhatCanBeCounted(String route) {
    assertThat(
            TestPolicies.problems(
                TestPolicies.HEAD
                    + "limits: [{limit: 9 per second per token, name: few}]\nroutes: ["
                    + route
                    + "]\n"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 per day               | : '0 per day': 0 is no limit; leave the limit out to admit all,"
            + " the route to refuse all",
        "00 per day per api      | : '00 per day per api': 0 is no limit",
        "-1 per day              | : '-1 per day' is not a limit: NUMBER per",
        "1 per week              | : '1 per week' is not a limit: NUMBER per",
        "5                       | : must be text (in quotes where it looks like something else) or"
            + " a mapping of fields",
        "[5 per day]             | : must be text",
        "{limit: 0 per hour}     | .limit: '0 per hour': 0 is no limit",
        "{limit: 5}              | .limit: must be text",
        "{name: few}             | : 'limit' is missing",
        "{limit: 5 per hour, bust: 9}     | .bust: unknown field 'bust'; did you mean 'burst'?",
        "{limit: 5 per hour, burst: 0}    | .burst: must be from 1 to 999999999",
        "{limit: 5 per hour, burst: 1000000000} | .burst: must be from 1 to 999999999",
        "{limit: 5 per hour, burst: many} | .burst: must be a whole number",
        "{limit: 5 per day, burst: 9}     | .burst: a quota has no burst: all of it may be used at"
            + " once",
        "{limit: 5 per hour, name: Few}   | .name: \"Few\" is not valid. What clients are told it"
            + " is called: lower-case letters, digits",
        "{limit: 5 per hour, name: -a}    | .name: \"-a\" is not valid.",
        "{limit: 5 per hour, name: ''}    | .name: \"\" is not valid.",
        "{limit: 5 per hour, name: own-hour} | .name: names that begin with 'own-' are those of",
        "{limit: 5 per hour, on-outage: pass} | .on-outage: \"pass\" is not one of deny, allow",
        "{limit: 5 per hour, on-outage: true} | .on-outage: must be text",
      })
  void refusesALimit(String limit, String problem) {
    assertThat(problems("limits: [" + limit + "]\n" + ROUTE))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("test.yaml:4: limits[0]" + problem);
    assertThat(problems("routes:\n  - match: GET /a\n    scopes: []\n    limit: " + limit + "\n"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("test.yaml:7: routes[0].limit" + problem);
  }

  @Test
  void acceptsANameOf63AndRefusesALongerOne() {
    String limit = "limits: [{limit: 5 per hour, name: %s}]\n" + ROUTE;

    assertThat(problems(limit.formatted("a".repeat(63)))).isEmpty();
    assertThat(problems(limit.formatted("a".repeat(64)))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "limits: []                  | limits: must not be empty",
        "limits: 5 per day           | limits: must be a list",
        "limit: 5 per day            | limit: unknown field 'limit'; did you mean 'limits'?",
        "rate-limit-headers: draft   | rate-limit-headers: \"draft\" is not one of standard,"
            + " x-ratelimit, none",
        "limits: [5 per day, 6 per day per token leased] | limits[1]: counts the same requests in"
            + " the same window as '5 per day' in line 4; keep one of them",
        "limits: [{limit: 5 per day, name: a}, {limit: 6 per hour, name: a}] | limits[1]: clients"
            + " could not tell it from '5 per day' in line 4: both are called 'a'",
      })
  void refusesForTheApi(String line, String problem) {
    assertThat(problems(line + "\n" + ROUTE)).containsExactly("test.yaml:4: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "scopes: [], limit: 5 per day, limits: [6 per day] | .limits[0]: counts the same requests"
            + " in the same window as '5 per day' in line 6; keep one of them",
        "scopes: [], limit: {limit: 5 per day, name: few} | .limit: clients could not tell it from"
            + " '9 per second' in line 4: both are called 'few'",
        "public: true, limit: {limit: 5 per day per api, name: all} | .limit: clients could not"
            + " tell it from '50 per minute per address' in line 4: both are called 'all'",
        "public: true, limits: [5 per day per api, 5 per day] | .limits[1]: is public: only 'per"
            + " address' and 'per api' can count",
        "public: true, limit: 5 per day per principal    | .limit: is public: only 'per address'"
            + " and 'per api' can count",
        "public: true, limit: 5 per day per organization | .limit: is public: only 'per address'"
            + " and 'per api' can count",
        "scopes: [], cost: -1         | .cost: must be from 0 to 999999999",
        "scopes: [], cost: 1000000000 | .cost: must be from 0 to 999999999",
        "scopes: [], cost: 1.5        | .cost: must be a whole number",
        "scopes: [], cost: 10         | .cost: a request that costs 10 can never pass: '9 per"
            + " second' in line 4 admits no more than 9 at once",
        "public: true, cost: 51       | .cost: a request that costs 51 can never pass: '50 per"
            + " minute per address' in line 4 admits no more than 50 at once",
        "scopes: [], cost: 6, limit: {limit: 10 per hour, burst: 5} | .cost: a request that costs 6"
            + " can never pass: '10 per hour' in line 6 admits no more than 5 at once",
        "scopes: [], cost: 6, limit: 5 per day leased | .cost: a request that costs 6 can never"
            + " pass: '5 per day leased' in line 6 admits no more than 5 at once",
        "public: true, cost: 28, limit: 30 per hour per api leased | .cost: a request that costs 28"
            + " can never pass: '30 per hour per api leased' in line 6 admits no more than 27 at"
            + " once",
      })
  void refusesForARoute(String route, String problem) {
    String limits =
        "limits: [{limit: 9 per second, name: few},"
            + " {limit: 50 per minute per address, name: all}]\n";

    assertThat(problems(limits + "routes:\n  - {match: GET /a, " + route + "}\n"))
        .containsExactly("test.yaml:6: routes[0]" + problem);
  }

  private static Policy policy(String yaml) {
    return TestPolicies.read(TestPolicies.HEAD + yaml).policies().getFirst();
  }

  private static List<String> problems(String yaml) {
    return TestPolicies.problems(TestPolicies.HEAD + yaml);
  }
}
