package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of routes that others leave nothing to, or undercut. */
class OverlapLintTest {

  @Test
  void namesARouteWhoseOtherMethodsFallToOneInShadowMode() {
    assertThat(
            routes(
                "{match: 'POST /a', scopes: ['a:create']}",
                "{match: 'GET /{x}', scopes: ['a:read'], shadow: true}"))
        .contains(
            "test.yaml:5: routes[0]: GET on this path is in shadow mode by the broader route in"
                + " test.yaml:6");
  }

  @Test
  void namesARouteThatOthersLeaveNothingTo() {
    assertThat(
            routes(
                "{match: 'GET /a/**', scopes: ['a:read']}",
                "{match: 'GET /a', scopes: ['a:read']}",
                "{match: 'GET /a/', scopes: ['a:read']}",
                "{match: 'GET /a/{x}/**', scopes: ['a:read']}"))
        .containsExactly(
            "test.yaml:5: routes[0]: can never match: more specific routes take all its requests");
  }

  @Test
  void namesARouteForAllThatOthersLeaveNothingTo() {
    assertThat(
            routes(
                "{match: '* /**', scopes: ['a:read']}",
                "{match: '* /', scopes: ['a:read']}",
                "{match: '* /{x}', scopes: ['a:read']}",
                "{match: '* /{x}/', scopes: ['a:read']}",
                "{match: '* /{x}/{y}/**', scopes: ['a:read']}"))
        .containsExactly(
            "test.yaml:5: routes[0]: can never match: more specific routes take all its requests");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{match: 'GET /a/{x}/**', scopes: []}, {match: GET /a, scopes: []}, {match: POST /a/,"
            + " scopes: []}",
        "{match: 'GET /a/{x}/**', scopes: []}, {match: GET /a, scopes: []}",
        "{match: 'GET /a/{x}/**', scopes: []}, {match: GET /a/, scopes: []}",
        "{match: 'GET /a/{x}', scopes: []}, {match: GET /a, scopes: []}, {match: GET /a/, scopes:"
            + " []}",
        "{match: 'POST /a/{x}/**', scopes: []}, {match: GET /a, scopes: []}, {match: GET /a/,"
            + " scopes: []}",
        "{match: 'GET /a/b/**', scopes: []}, {match: GET /a, scopes: []}, {match: GET /a/, scopes:"
            + " []}",
      })
  void saysNothingOfARouteThatIsLeftSomething(String others) {
    assertThat(
            warnings(
                TestPolicies.HEAD + "routes: [{match: 'GET /a/**', scopes: []}, " + others + "]\n"))
        .isEmpty();
  }

  @Test
  void namesARouteWhoseOtherMethodsFallToAPublicOne() {
    assertThat(
            routes(
                "{match: 'GET /admin/users/{id}', scopes: ['users:read']}",
                "{match: 'PUT /admin/users/{id}', scopes: ['users:update']}",
                "{match: '* /admin/**', public: true}"))
        .containsExactly(
            "test.yaml:5: routes[0]: DELETE, OPTIONS, PATCH, POST, any other on this path is public"
                + " by the broader route in test.yaml:7",
            "test.yaml:6: routes[1]: DELETE, OPTIONS, PATCH, POST, any other on this path is public"
                + " by the broader route in test.yaml:7",
            "test.yaml:7: routes[2]: is public: no credentials are asked for");
  }

  @Test
  void namesARouteWhoseOtherMethodsFallToOneWithoutScopes() {
    assertThat(
            routes("{match: 'POST /a', scopes: ['a:create']}", "{match: 'GET /{x}', scopes: []}"))
        .containsExactly(
            "test.yaml:5: routes[0]: GET on this path needs no scope by the broader route in"
                + " test.yaml:6");
  }

  @Test
  void namesARouteThatASlashBehindItsPathLeadsPast() {
    assertThat(
            routes(
                "{match: GET /admin, scopes: ['admin:read']}",
                "{match: 'GET /users/{id}', scopes: ['users:read']}",
                "{match: GET /safe, scopes: ['admin:read']}",
                "{match: GET /safe/, scopes: ['admin:read']}",
                "{match: 'GET /all/**', scopes: ['all:read']}",
                "{match: 'GET /**', scopes: []}"))
        .containsExactly(
            "test.yaml:5: routes[0]: this path with a slash behind it needs no scope by the broader"
                + " route in test.yaml:10",
            "test.yaml:6: routes[1]: this path with a slash behind it needs no scope by the broader"
                + " route in test.yaml:10");
  }

  @Test
  void takesMethodsListedOnTheSamePathForMeant() {
    assertThat(routes("{match: POST /a, scopes: ['a:create']}", "{match: GET /a, scopes: []}"))
        .isEmpty();
    assertThat(routes("{match: POST /a, scopes: ['a:create']}", "{match: '* /a', scopes: []}"))
        .hasSize(1);
  }

  @Test
  void takesAMoreSpecificExceptionForMeant() {
    assertThat(routes("{match: GET /a/**, scopes: ['a:read']}", "{match: '* /a/{x}', scopes: []}"))
        .isEmpty();
  }

  @Test
  void reachesTheEndOfManyRoutes() {
    String many =
        IntStream.range(0, 10_000)
            .mapToObj(
                i -> "  - {match: 'GET /v1/r" + i + "/{x}', scopes: ['r" + i + "/{x}:read']}\n")
            .collect(Collectors.joining());

    assertThat(
            warnings(
                TestPolicies.HEAD
                    + "routes:\n"
                    + many
                    + "  - {match: '* /**', public: true}\nroles: {reader: ['*:read']}\n"))
        .hasSize(10_001);
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
