package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLintTest {

  @Test
  void hasNothingToSayOfAFileThatProtectsAllItsRoutes() {
    assertThat(
            routes(
                "{match: GET /a, scopes: ['a:read']}",
                "{match: POST /a, scopes: ['a:create']}",
                "{match: '* /b/**', scopes: ['b:use']}",
                "{match: 'GET /b/{x}', scopes: ['b/{x}:read']}"))
        .isEmpty();
  }

  @Test
  void namesEachPublicRoute() {
    assertThat(routes("{match: GET /a, scopes: []}", "{match: GET /b, public: true}"))
        .containsExactly("test.yaml:6: routes[1]: is public: no credentials are asked for");
  }

  @Test
  void namesEachRouteInShadowMode() {
    assertThat(routes("{match: GET /a, scopes: []}", "{match: GET /b, scopes: [], shadow: true}"))
        .containsExactly(
            "test.yaml:6: routes[1]: is in shadow mode: everybody passes, and would-be refusals are"
                + " only logged and counted");
  }

  @Test
  void warnsOfLimitsThatAnOutageLifts() {
    assertThat(
            warnings(
                TestPolicies.HEAD
                    + """
                    limits: [{limit: 50 per day, on-outage: allow}, 5 per hour]
                    routes:
                      - {match: GET /a, scopes: [], limit: {limit: 5 per day, on-outage: allow}}
                      - {match: GET /b, scopes: [], limit: {limit: 5 per day, on-outage: deny}}
                    """))
        .containsExactly(
            "test.yaml:4: limits[0]: while the store is gone, requests pass uncounted",
            "test.yaml:6: routes[0].limit: while the store is gone, requests pass uncounted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "19 per second leased                      | true",
        "20 per second leased                      | false",
        "{limit: 20 per hour leased, burst: 19}    | true",
        "{limit: 19 per minute leased, burst: 20}  | false",
        "199 per day leased                        | true",
        "200 per day leased                        | false",
        "1 per day                                 | false",
      })
  void warnsOfLeasedLimitsThatAreTooSmallForIt(String limit, boolean small) {
    assertThat(routes("{match: GET /a, scopes: [], limit: " + limit + "}"))
        .isEqualTo(
            small
                ? List.of(
                    "test.yaml:5: routes[0].limit: is too small to be leased in portions: it is"
                        + " counted exactly, and so are the leased limits that count with it")
                : List.of());
  }

  @Test
  void warnsOfLimitsOnARouteThatCostsNothing() {
    assertThat(
            routes(
                "{match: GET /a, scopes: [], cost: 0, limit: 5 per day}",
                "{match: GET /b, scopes: [], cost: 0}",
                "{match: GET /c, scopes: [], cost: 2, limit: 5 per day}"))
        .containsExactly("test.yaml:5: routes[0]: costs 0, so its limits never count anything");
  }

  @Test
  void warnsOfTokensInQueryStrings() {
    assertThat(
            warnings(
                """
                api: test
                upstream: http://localhost:9000
                credentials: [bearer, {query: tk}]
                routes: [{match: GET /a, scopes: []}]
                """))
        .containsExactly(
            "test.yaml:3: credentials[1]: tokens in a query string end up in logs (RFC 9700,"
                + " section 4.3.2)");
  }

  @Test
  void namesAScopeForAnyInstanceThatRolesGrantOnlyForSome() {
    assertThat(
            warnings(
                TestPolicies.HEAD
                    + """
                    routes:
                      - {match: "GET /a/{x}", scopes: ["a/*/y:read", "b/{x}/*:read"]}
                      - {match: "GET /b/{x}", scopes: ["a/*/z:read", "b/*:read", "c/*:read"]}
                    roles:
                      one: ["a/logs/y:read", "a/log*/y:read", "a/*/z:read", "b/one/*:read"]
                      two: ["c/*:*"]
                    """))
        .containsExactly(
            "test.yaml:5: routes[0]: requires 'a/*/y:read', which no role grants",
            "test.yaml:6: routes[1]: requires 'b/*:read', which no role grants");
  }

  @Test
  void namesScopesThatNoRoleGrants() {
    assertThat(
            warnings(
                TestPolicies.HEAD
                    + """
                    routes:
                      - {match: "GET /a/{x}", scopes: ["a/{x}:read", "org:read"]}
                      - {match: "GET /b/{x}", scopes: ["b/{x}/y:read"]}
                      - {match: "PUT /a/{x}", scopes: ["a/{x}:update"]}
                      - {match: "GET /c", scopes: ["c:read"]}
                    roles:
                      one: ["a/logs:read", "b/*/y:read"]
                      two: ["c:*"]
                    """))
        .containsExactly(
            "test.yaml:5: routes[0]: requires 'org:read', which no role grants",
            "test.yaml:7: routes[2]: requires 'a/{x}:update', which no role grants");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default: {content-type: text/plain, body: '${reason}'}",
        "default: {headers: {X-Why: '${reason}'}}",
        "TOKEN_EXPIRED: {status: 440}\n    EMAIL_MISMATCH: {status: 440}",
      })
  void warnsOfAnswersThatTellOneBadTokenFromAnother(String profile) {
    assertThat(
            warnings(
                TestPolicies.HEAD
                    + "errors: own\n"
                    + "routes: [{match: GET /a, scopes: []}]\n"
                    + "error-profiles:\n"
                    + "  own:\n"
                    + "    "
                    + profile
                    + "\n"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("test.yaml:7: error-profiles.own: the answers tell ")
        .contains("TOKEN_EXPIRED", "EMAIL_MISMATCH", " from TOKEN_UNKNOWN");
  }

  private static List<String> routes(String... routes) {
    return warnings(
        TestPolicies.HEAD
            + "routes:\n"
            + List.of(routes).stream()
                .map(route -> "  - " + route + "\n")
                .collect(Collectors.joining()));
  }

  private static List<String> warnings(String yaml) {
    return TestPolicies.read(yaml).warnings().stream().map(Problem::toString).toList();
  }
}
