package dev.portcullis.policy;

import static dev.portcullis.policy.TestPolicies.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused in the routes of a file. */
class RouteReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{scopes: []}                              | routes[0]: 'match' is missing",
        "{match: /a, scopes: []}                   | routes[0].match: '/a' is not METHOD",
        "{match: GET a, scopes: []}                | routes[0].match: 'GET a' is not METHOD",
        "{match: GET/a, scopes: []}                | routes[0].match: 'GET/a' is not METHOD",
        "{match: 'GET, /a', scopes: []}            | routes[0].match: '' is not a method",
        "{match: 'GET,* /a', scopes: []}           | routes[0].match: '*' is not a method",
        "{match: 'Get /a', scopes: []}             | routes[0].match: 'Get' is not a method",
        "{match: TRACE /a, scopes: []}             | routes[0].match: TRACE is never routed",
        "{match: CONNECT /a, scopes: []}           | routes[0].match: CONNECT is never routed",
        "{match: GET /a//b, scopes: []}            | routes[0].match: '/a//b': the path has an"
            + " empty",
        "{match: GET /.portcullis, scopes: []}     | routes[0].match: '/.portcullis' belongs to",
        "{match: GET /.portcullis/x, scopes: []}   | routes[0].match: '/.portcullis' belongs to",
        "{match: GET /%2Eportcullis/**, scopes: []} | routes[0].match: '/.portcullis' belongs to",
        "{match: 'GET /${a}', scopes: []}          | routes[0].match: ",
        "{match: GET /a}                           | routes[0]: says neither 'scopes' nor",
        "{match: GET /a, public: false}            | routes[0]: says neither 'scopes' nor",
        "{match: GET /a, public: true, scopes: []} | routes[0]: is public, so nothing can require",
        "{match: GET /a, public: true, shadow: true} | routes[0]: is public, so there is nothing",
        "{match: GET /a, shadow: true}             | routes[0]: says neither 'scopes' nor",
        "{match: GET /a, scopes: [], shadow: 1}    | routes[0].shadow: must be true or false",
        "{match: GET /a, public: true, limit: 1 per day} | routes[0].limit: is public: only",
        "{match: GET /a, scopes: [], limit: lots}  | routes[0].limit: 'lots' is not a limit",
        "{match: GET /a, scopes: [], limits: []}   | routes[0].limits: must not be empty",
        "{match: GET /a, scopes: ['a/b*:read']}    | routes[0].scopes[0]: 'a/b*:read' has a '*'"
            + " that is not a whole segment behind the first",
        "{match: GET /a, scopes: ['{x}:read']}     | routes[0].scopes[0]: the path has no variable"
            + " x",
        "{match: GET /a, scopes: 'a:read'}         | routes[0].scopes: must be a list",
        "{match: GET /a, scopes: [], id: 'a b'}    | routes[0].id: \"a b\" is not valid.",
        "{match: GET /a, scopes: [], filters: ['A B']} | routes[0].filters[0]: 'A B' is not Name",
        "{match: GET /a, scopes: [], filters: ['A=#{b}']} | routes[0].filters[0]: '${' and '#{'",
        "{match: GET /a, scopes: [], filters: ['A=${b}']} | routes[0].filters[0]: '${' and '#{'",
        "a                                         | routes[0]: must be a mapping of fields",
      })
  void refusesARoute(String route, String problem) {
    assertThat(problems(TestPolicies.HEAD + "routes:\n  - " + route + "\n"))
        .isNotEmpty()
        .allSatisfy(found -> assertThat(found).startsWith("test.yaml:5: " + problem));
  }

  @Test
  void refusesTwoRoutesForTheSameRequests() {
    assertThat(
            problems(
                TestPolicies.HEAD
                    + """
                    routes:
                      - {match: "GET,POST /a/{x}", scopes: []}
                      - {match: "POST /a/{y}", scopes: []}
                      - {match: "HEAD /a/{x}", scopes: []}
                      - {match: "* /a/{x}", scopes: []}
                      - {match: "GET /b", id: b, scopes: []}
                      - {match: "GET /c", id: b, scopes: []}
                    """))
        .containsExactly(
            "test.yaml:6: routes[1]: POST on this path stands already in test.yaml:5",
            "test.yaml:10: routes[5]: the route id 'test:b' stands already in test.yaml:9");
  }
}
