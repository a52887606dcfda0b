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

  @Test
  void keepsTheNameOfItsOwnApi() {
    assertThat(problems("api: portcullis\nupstream: http://h\ncredentials: [bearer]\n" + ROUTES))
        .containsExactly(
            "test.yaml:1: api: 'portcullis' is the gateway's own API; choose another name");
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
