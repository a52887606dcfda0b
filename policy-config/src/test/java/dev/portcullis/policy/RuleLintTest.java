package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of rules that do nothing, and of those that trust too much. */
class RuleLintTest {
  private static final String OPEN =
      "api: test\nupstream: http://localhost:9000\nroutes: [{match: GET /, public: true}]\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tls: revoking    | tls: no token is read, so none is revoked",
        "assertion: true  | assertion: every route is public, so there is no identity to assert",
        "activity: all    | activity: every route is public, so there is nothing to tell of",
        "activity: changes | activity: every route is public, so there is nothing to tell of",
        "issuers: {a: {issuer: b, audience: c, keys: 'https://d'}} | issuers: every route is"
            + " public, so nobody's token is read",
      })
  void warnsOfARuleThatNeedsAnIdentityWhereNobodyShowsOne(String rule, String warning) {
    assertThat(warnings(OPEN + rule + "\n")).contains("test.yaml:4: " + warning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls: required", "assertion: false", "activity: none", "issuers: {}"})
  void saysNothingOfARuleThatNeedsNone(String rule) {
    assertThat(warnings(OPEN + rule + "\n"))
        .containsExactly("test.yaml:3: routes[0]: is public: no credentials are asked for");
  }

  @Test
  void saysNothingOfTheseRulesWhereOneRouteAsksForCredentials() {
    assertThat(
            warnings(
                TestPolicies.HEAD
                    + """
                    tls: revoking
                    assertion: true
                    activity: all
                    issuers: {a: {issuer: b, audience: c, keys: "https://d"}}
                    routes: [{match: GET /a, scopes: []}]
                    """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://id.example.org/keys,   true",
    "http://localhost.example.org, true",
    "http://127.0.0.1.nip.io/keys, true",
    "http://10.0.0.1/keys,         true",
    "https://id.example.org/keys,  false",
    "http://localhost:8080/keys,   false",
    "http://127.0.0.1/keys,        false",
    "http://127.1.2.3:1/keys,      false",
    "http://[::1]:8080/keys,       false",
  })
  void warnsOfKeysThatComeOverPlainHttp(String keys, boolean doubtful) {
    assertThat(
            warnings(
                TestPolicies.HEAD
                    + "issuers: {corp: {issuer: a, audience: b, keys: '"
                    + keys
                    + "'}}\nroutes: [{match: GET /a, scopes: []}]\n"))
        .isEqualTo(
            doubtful
                ? List.of(
                    "test.yaml:4: issuers.corp: fetches its keys over plain HTTP: whoever is on the"
                        + " way can put in their own")
                : List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scopes: [], reply: {}                                              | false",
        "scopes: [], reply: {headers: {cache-control: 'max-age=5, Private'}} | false",
        "scopes: [], reply: {headers: {Cache-Control: max-age=5}}           | true",
        "scopes: [], reply: {headers: {Cache-Control: ''}}                  | true",
        "scopes: [], reply: {headers: {Cache-Control: public, X-A: private}} | true",
      })
  void warnsOfRepliesThatCachesMayKeep(String route, boolean doubtful) {
    assertThat(warnings(TestPolicies.HEAD + "routes: [{match: GET /a, " + route + "}]\n"))
        .isEqualTo(
            doubtful
                ? List.of(
                    "test.yaml:4: routes[0]: has a reply that caches may keep, and give to those"
                        + " whom the gateway would refuse")
                : List.of());
  }

  @Test
  void saysNothingOfAPublicReplyThatCachesMayKeep() {
    assertThat(
            warnings(
                OPEN.replace(
                    "public: true", "public: true, reply: {headers: {Cache-Control: max-age=5}}")))
        .hasSize(1);
  }

  @Test
  void warnsOfARouteThatRequiresAScopeOfTheGateways() {
    assertThat(
            warnings(
                TestPolicies.HEAD
                    + """
                    routes:
                      - {match: "GET /a/{x}", scopes: ["portcullis/{x}:read", "{x}:read"]}
                    roles: {admin: ["*:*"]}
                    """))
        .containsExactly(
            "test.yaml:5: routes[0]: requires 'portcullis/{x}:read', the gateway's own: no role and"
                + " no '*:*' grants it");
  }

  private static List<String> warnings(String yaml) {
    return TestPolicies.read(yaml).warnings().stream().map(Problem::toString).toList();
  }
}
