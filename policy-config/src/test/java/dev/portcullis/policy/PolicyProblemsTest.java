package dev.portcullis.policy;

import static dev.portcullis.policy.TestPolicies.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused in one file, and how it is said. */
class PolicyProblemsTest {
  private static final String ROUTES = "routes: [{match: GET /a, scopes: []}]\n";

  @Test
  void reportsAllProblemsAtOnceWithLineAndPath() {
    assertThat(
            problems(
                """
                api: Axiom
                upstream: ftp://localhost
                credentials: [bearer, {sheme: Splunk}]
                email: sometimes
                forward-credentials: maybe
                rotes: []
                routes:
                  - match: get /a
                    scopes: []
                  - match: GET /b/{x}
                    scpoes: ["a:read"]
                  - match: GET /c/{x}
                    scopes:
                      - "a/{y}:read"
                      - nonsense
                """))
        .containsExactly(
            "test.yaml:1: api: \"Axiom\" is not valid. The API's name: lower-case letters, digits"
                + " and hyphens, at most 63. A metric label.",
            "test.yaml:2: upstream: 'ftp://localhost' starts with neither http:// nor https://",
            "test.yaml:3: credentials[1].sheme: unknown field 'sheme'; did you mean 'scheme'?",
            "test.yaml:4: email: \"sometimes\" is not one of required, optional, ignored",
            "test.yaml:5: forward-credentials: must be true or false",
            "test.yaml:6: rotes: unknown field 'rotes'; did you mean 'routes'?",
            "test.yaml:8: routes[0].match: 'get' is not a method; methods are written in upper"
                + " case",
            "test.yaml:10: routes[1]: says neither 'scopes' nor 'public: true'; 'scopes: []' admits"
                + " any valid token",
            "test.yaml:11: routes[1].scpoes: unknown field 'scpoes'; did you mean 'scopes'?",
            "test.yaml:14: routes[2].scopes[0]: the path has no variable y",
            "test.yaml:15: routes[2].scopes[1]: 'nonsense' is not of the form"
                + " resource[/instance...]:action");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "email: Required          | email: \"Required\" is not one of required",
        "email: true              | email: must be text",
        "tls: yes                 | tls: \"yes\" is not one of optional, required, revoking",
        "tls: REQUIRED            | tls: \"REQUIRED\" is not one of optional, required, revoking",
        "activity: some           | activity: \"some\" is not one of none, changes, all",
        "assertion: yes           | assertion: must be true or false",
        "imported-tokens: 1       | imported-tokens: must be true or false",
        "email-header: a b        | email-header: 'a b' is not a header name",
        "email-header: é          | email-header: 'é' is not a header name",
        "email-header: Authorization | email-header: the e-mail and a token cannot share",
        "organization-header: email | organization-header: this header has another meaning",
        "organization-header: `X:Y` | organization-header: 'X:Y' is not a header name",
        "realm: ``                | realm: must not be empty",
        "realm: \"a\\tb\"         | realm: a realm is printable ASCII",
        "realm: ${user.home}      | realm: '${' and '#{' stand only in",
        "errors: axiom            | errors: there is no error profile 'axiom'; known are problem",
        "roles: [a]               | roles: must be a mapping of fields",
        "roles: {r: a:read}       | roles.r: must be a list",
        "roles: {r: [role:x]}     | roles.r[0]: 'role:x': a role holds scopes, not roles",
        "roles: {r: [a]}          | roles.r[0]: 'a' is not of the form",
        "roles: {r: [portcullis/*:*]} | roles.r[0]: 'portcullis/*:*': the gateway knows no roles",
        "roles: {`a b`: []}       | roles.a b: a role's name has letters",
        "unknown: 1               | unknown: unknown field 'unknown'; known are api, upstream",
        "api: twice               | api: the field 'api' stands twice",
        "? [a]                    | ?: a field's name is plain text",
        "&a roles: {}             | roles: anchors and aliases are not read",
        "realm: !!str a           | realm: tags are not read",
        "---                      | a file holds one document",
      })
  void refusesAtTheTopOfAFile(String line, String problem) {
    assertThat(problems(TestPolicies.HEAD + line.replace('`', '"') + "\n" + ROUTES))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("test.yaml:4: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ftp://localhost         | starts with neither http:// nor https://",
        "HTTP://localhost        | starts with neither http:// nor https://",
        "localhost:9000          | starts with neither http:// nor https://",
        "http://                 | is not a URL",
        "http:///path            | has no valid host or port",
        "http:localhost          | has no valid host or port",
        "http://my_host          | has no valid host or port",
        "http://h:0              | has no valid host or port",
        "http://h:70000          | has no valid host or port",
        "http://h/a?b=c          | has a query",
        "http://h/#a             | has a fragment",
        "http://h/a/../b         | is not sound: the path has a '.' or '..' segment",
        "http://h//              | is not sound: the path has an empty segment",
        "http://h a              | is not a URL",
        "http://${host}          | '${' and '#{' stand only in",
        "http://#{host}          | '${' and '#{' stand only in",
      })
  void refusesAnUpstream(String upstream, String problem) {
    String yaml = "api: test\nupstream: \"" + upstream + "\"\ncredentials: [bearer]\n" + ROUTES;

    assertThat(problems(yaml))
        .isNotEmpty()
        .allSatisfy(found -> assertThat(found).startsWith("test.yaml:2: upstream: "))
        .anySatisfy(found -> assertThat(found).contains(problem));
  }

  @Test
  void doesNotRepeatAPasswordInAnUpstream() {
    assertThat(problems("api: t\nupstream: http://u:hunter2@h\ncredentials: [bearer]\n" + ROUTES))
        .containsExactly("test.yaml:2: upstream: an upstream has no user and password in it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Bearer                          | credentials[0]: must be \"bearer\"; bearer, or one of",
        "1                               | credentials[0]: must be text",
        "{}                              | credentials[0]: must have one field of scheme, basic",
        "{scheme: A, query: b}           | credentials[0]: must have one field of scheme, basic",
        "{scheme: 'a b'}                 | credentials[0].scheme: 'a b' is not a name",
        "{scheme: basic}                 | credentials[0].scheme: use {basic:",
        "{basic: x}                      | credentials[0].basic: must be a mapping",
        "{basic: {user: 'a:b'}}          | credentials[0].basic.user: \"a:b\" is not valid.",
        "{basic: {}}                     | credentials[0].basic: 'user' is missing",
        "{header: 'X Y'}                 | credentials[0].header: 'X Y' is not a name",
        "{header: Host}                  | credentials[0].header: the header 'Host' cannot carry",
        "{header: Cookie}                | credentials[0].header: the header 'Cookie' cannot carry",
        "{header: {prefix: A}}           | credentials[0].header: 'name' is missing",
        "{header: {name: A, prefix: é}}  | credentials[0].header: a prefix is printable ASCII",
        "{header: {name: A, value: b}}   | credentials[0].header.value: unknown field 'value'",
        "{cookie: 'a=b'}                 | credentials[0].cookie: 'a=b' is not a name",
        "{query: ''}                     | credentials[0].query: the parameter's name is missing",
        "bearer, bearer                  | credentials[1]: this carrier is listed twice",
        "{header: A}, {header: a}        | credentials[1]: this carrier is listed twice",
        "bearer, {scheme: BEARER}        | credentials[1]: this carrier is listed twice",
        "bearer, {header: authorization} | credentials[1]: a scheme and the whole Authorization",
        "{header: Authorization}, {scheme: X} | credentials[1]: a scheme and the whole",
        "{header: EMAIL}                 | the e-mail and a token cannot share a header",
      })
  void refusesACarrier(String carriers, String problem) {
    assertThat(
            problems("api: test\nupstream: http://h\ncredentials: [" + carriers + "]\n" + ROUTES))
        .hasSize(1)
        .first()
        .asString()
        .contains(problem);
  }

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

  @Test
  void keepsTheNameOfItsOwnApi() {
    assertThat(problems("api: portcullis\nupstream: http://h\ncredentials: [bearer]\n" + ROUTES))
        .containsExactly(
            "test.yaml:1: api: 'portcullis' is the gateway's own API; choose another name");
  }

  @Test
  void asksForCarriersWhereARouteIsNotPublic() {
    assertThat(problems("api: test\nupstream: http://h\n" + ROUTES))
        .containsExactly("test.yaml:1: 'credentials' is missing and not every route is public");
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``            | test.yaml:1: the file is empty",
        "# nothing     | test.yaml:1: the file is empty",
        "a             | test.yaml:1: must be a mapping of fields",
        "[a]           | test.yaml:1: must be a mapping of fields",
        "`a: [`        | test.yaml:1: not YAML: ",
        "`a: b: c`     | test.yaml:1: not YAML: ",
        "`a: *b`       | test.yaml:1: ",
        "`\u0001`      | test.yaml:1: not YAML: ",
      })
  void saysWhatIsNoDocument(String yaml, String problem) {
    assertThat(problems(yaml)).hasSize(1).first().asString().startsWith(problem);
  }

  @Test
  void isNotBroughtDownByDepthOrSize() {
    assertThat(problems("a: " + "[".repeat(100_000)))
        .hasSize(1)
        .first()
        .asString()
        .contains("nested deeper than 16 levels");
    assertThat(problems("#\n".repeat(YamlTree.MAX_LENGTH / 2 + 1)))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("test.yaml:1: the file is larger than");
  }

  @Test
  void isNotBroughtDownByAliases() {
    String laughs =
        IntStream.range(1, 30)
            .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n")
            .collect(Collectors.joining());

    assertThat(problems("a0: &a0 [x]\n" + laughs))
        .containsExactly("test.yaml:1: a0: anchors and aliases are not read; write it out");
  }
}
