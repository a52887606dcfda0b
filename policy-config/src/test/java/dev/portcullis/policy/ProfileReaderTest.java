package dev.portcullis.policy;

import static dev.portcullis.policy.TestPolicies.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused in error profiles. */
class ProfileReaderTest {
  private static final String ROUTES = "routes: [{match: GET /a, scopes: []}]\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "own: {defualt: {}}                       | own.defualt: unknown field 'defualt'; did you"
            + " mean 'default'?",
        "own: {TOKEN_EXPIRD: {}}                  | own.TOKEN_EXPIRD: unknown field 'TOKEN_EXPIRD';"
            + " did you mean 'TOKEN_EXPIRED'?",
        "own: {default: {status: 199}}            | own.default.status: must be from 200 to 599",
        "own: {default: {status: 600}}            | own.default.status: must be from 200 to 599",
        "own: {default: {status: '401'}}          | own.default.status: must be a whole number",
        "own: {default: {status: 99999999999999999999}} | own.default.status: must be from 200",
        "own: {default: {body: '\"${token}\"'}}   | own.default.body: unknown placeholder"
            + " '${token}'",
        "own: {default: {body: '{\"a\": ${title}}'}} | own.default: the body is not JSON",
        "own: {default: {body: hello}}            | own.default: the body is not JSON",
        "own: {default: {content-type: json}}     | own.default.content-type: 'json' is not TYPE",
        "own: {default: {content-type: text/plain; charset=latin1}} | own.default.content-type:"
            + " 'text/plain; charset=latin1' is not",
        "own: {default: {content-type: text/css, body: '${title}${scope}'}} | own.default: a body"
            + " of type 'text/css' can have no placeholders",
        "own: {default: {headers: {'a b': c}}}    | own.default.headers.a b: 'a b' is not a header",
        "own: {default: {headers: {A: \"b\\r\\nC: d\"}}} | own.default.headers.A: a header's value",
        "own: {default: {headers: {A: '${x}'}}}   | own.default.headers.A: unknown placeholder",
        "own: {default: {headers: {Content-Length: '0'}}} | own.default.headers.Content-Length:"
            + " 'Content-Length' is not set here",
        "own: {default: {headers: {A: 1}}}        | own.default.headers.A: must be text",
        "own: {NO_ROUTE: {status: 204}}           | own.NO_ROUTE: status 204 has no body",
        "problem: {}                              | problem: the profile 'problem' is built in",
      })
  void refusesAnErrorProfile(String profile, String problem) {
    assertThat(problems(TestPolicies.HEAD + ROUTES + "error-profiles:\n  " + profile + "\n"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("test.yaml:6: error-profiles." + problem);
  }
}
