package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Answer.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What policy files say of routes that the gateway itself answers, and what is refused. */
class ReplyReaderTest {

  @Test
  void readsWhatARouteAlwaysReplies() {
    Route route =
        route(
            """
            {match: "GET /t/{t}/authorized", scopes: ["tenant/{t}:access"], limit: 5 per day, reply:
              {status: 203, content-type: application/json, body: '{"authorized": true}',
               headers: {X-A: b, cache-control: "private, max-age=5"}}}
            """);

    assertThat(route.reply())
        .contains(
            new Answer(
                203,
                List.of(
                    new Header("Cache-Control", "private, max-age=5"),
                    new Header("Content-Type", "application/json"),
                    new Header("X-A", "b")),
                "{\"authorized\": true}"));
    assertThat(route.scopes()).containsExactly(ScopeTemplate.parse("tenant/{t}:access"));
    assertThat(route.limits().isEmpty()).isFalse();
  }

  @Test
  void fillsInWhatAReplyLeavesOut() {
    assertThat(route("{match: GET /a, scopes: [], reply: {}}").reply())
        .contains(new Answer(200, List.of(new Header("Cache-Control", "no-store")), ""));
  }

  @Test
  void leavesOutAHeaderWhoseValueIsEmpty() {
    assertThat(
            route("{match: GET /a, public: true, reply: {headers: {Cache-Control: ''}}}").reply())
        .contains(new Answer(200, List.of(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{match: GET /a, public: true, reply: {status: 204}}",
        "{match: GET /a, scopes: [], shadow: true, reply: {content-type: text/plain, body: a}}",
        "{match: GET /a, scopes: [], reply: {content-type: TEXT/HTML; charset=UTF-8, body: <a>}}",
        "{match: GET /a, scopes: [], reply: {content-type: text/plain, body: 'a $ and a {b}'}}",
        "{match: GET /a, scopes: [], cost: 0, reply: {content-type: application/json}}",
      })
  void isAnsweredByTheGatewayWhateverElseTheRouteSays(String route) {
    assertThat(route(route).reply()).isPresent();
  }

  @Test
  void leavesOtherRoutesToTheUpstream() {
    assertThat(route("{match: GET /a, scopes: []}").reply()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yes                                      | : must be a mapping of fields",
        "{status: 199}                            | .status: must be from 200 to 299",
        "{status: 300}                            | .status: must be from 200 to 299",
        "{status: '200'}                          | .status: must be a whole number",
        "{code: 200}                              | .code: unknown field 'code'; known are status",
        "{body: a}                                | : has a body and does not say its"
            + " 'content-type'",
        "{content-type: text/plain, body: 1}      | .body: must be text",
        "{content-type: json, body: '1'}          | .content-type: 'json' is not TYPE/SUBTYPE",
        "{content-type: application/json, body: a} | : the body is not JSON: a",
        "{content-type: a/b+json, body: '{'}      | : the body is not JSON: {",
        "{status: 204, content-type: a/b, body: a} | : status 204 has no body",
        "{status: 205, content-type: a/b, body: a} | : status 205 has no body",
        "{content-type: a/b, body: '${status}'}   | .body: '${' and '#{' stand only in",
        "{content-type: a/b, body: 'a #{b}'}      | .body: '${' and '#{' stand only in",
        "{headers: {X: '${realm}'}}               | .headers.X: '${' and '#{' stand only in",
        "{headers: {'a b': c}}                    | .headers.a b: 'a b' is not a header name",
        "{headers: {A: \"b\\nC: d\"}}             | .headers.A: a header's value is printable",
        "{headers: {A: 1}}                        | .headers.A: must be text",
        "{headers: {content-type: a/b}}           | .headers.content-type: 'content-type' is not"
            + " set",
        "{headers: {Transfer-Encoding: chunked}}  | .headers.Transfer-Encoding: 'Transfer-Encoding'"
            + " is",
        "{}, filters: [StripPrefix=1]             | : goes to no upstream, so there is nothing that"
            + " 'filters' change",
        "{}, filters: []                          | : goes to no upstream",
      })
  void refusesAReply(String reply, String problem) {
    assertThat(
            TestPolicies.problems(
                TestPolicies.HEAD
                    + "routes:\n  - {match: GET /a, scopes: [],\n     reply: "
                    + reply
                    + "}\n"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("test.yaml:6: routes[0].reply" + problem);
  }

  private static Route route(String route) {
    return TestPolicies.read(TestPolicies.HEAD + "routes:\n  - " + route + "\n")
        .policies()
        .getFirst()
        .routes()
        .getFirst();
  }
}
