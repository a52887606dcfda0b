package dev.portcullis.policy;

import static dev.portcullis.policy.TestPolicies.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused in the list of carriers. */
class CarrierReaderTest {
  private static final String ROUTES = "routes: [{match: GET /a, scopes: []}]\n";

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

  @Test
  void asksForCarriersWhereARouteIsNotPublic() {
    assertThat(problems("api: test\nupstream: http://h\n" + ROUTES))
        .containsExactly("test.yaml:1: 'credentials' is missing and not every route is public");
  }
}
