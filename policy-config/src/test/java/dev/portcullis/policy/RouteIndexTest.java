package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.CanonicalPath.Canonical;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteIndexTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GET,    /v1/a,          GET /v1/a",
        "GET,    /v1/b,          GET /v1/{x}",
        "GET,    /v1/b/c,        GET /v1/{x}/c",
        "GET,    /v1/b/d,        * /v1/**",
        "GET,    /v1/a/c,        GET /v1/{x}/c",
        "GET,    /v1,            * /v1/**",
        "GET,    /v1/,           * /v1/**",
        "GET,    /v1x,           -",
        "GET,    /V1/a,          -",
        "GET,    /v1/A,          GET /v1/{x}",
        "GET,    /v1/a/,         * /v1/**",
        "GET,    /v1/a.json,     GET /v1/{x}",
        "POST,   /v1/a,          * /v1/**",
        "FOO,    /v1/a,          * /v1/**",
        "TRACE,  /v1/a,          -",
        "CONNECT, /v1/a,         -",
        "get,    /v1/a,          * /v1/**",
        "HEAD,   /v1/a,          GET /v1/a",
        "HEAD,   /both,          HEAD /both",
        "GET,    /both,          GET /both",
        "PUT,    /both,          * /both",
        "POST,   /only,          POST /only",
        "HEAD,   /only,          -",
        "GET,    /,              -",
        "GET,    /slash/,        GET /slash/",
        "GET,    /slash,         -",
        "GET,    /.portcullis/x, -",
        "GET,    /.portcullisx,  -",
      })
  void findsTheMostSpecificRouteThatAllowsTheMethod(
      String method, String path, @Nullable String route) {
    RouteIndex index =
        index(
            "* /v1/**",
            "GET /v1/{x}/c",
            "GET /v1/{x}",
            "GET /v1/a",
            "* /both",
            "GET /both",
            "HEAD /both",
            "POST /only",
            "GET /slash/");

    assertThat(find(index, method, path)).isEqualTo(Optional.ofNullable(route));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/.portcullis", "/.portcullis/", "/.portcullis/me", "/%2Eportcullis/me"})
  void leavesTheReservedPathsToTheGatewayEvenUnderARouteForAll(String path) {
    assertThat(find(index("* /**", "* /{a}/{b}"), "GET", path)).isEmpty();
  }

  @Test
  void findsTheGatewaysOwnRoutesOnReservedPathsAndNoOthers() {
    RouteIndex index =
        index("* /**", "* /{a}/{b}").withOwn(List.of(TestPolicies.own("GET", "/.portcullis/me")));

    assertThat(find(index, "GET", "/.portcullis/me")).contains("GET /.portcullis/me");
    assertThat(find(index, "GET", "/%2Eportcullis/me")).contains("GET /.portcullis/me");
    assertThat(find(index, "PUT", "/.portcullis/me")).isEmpty();
    assertThat(find(index, "GET", "/.portcullis/other")).isEmpty();
    assertThat(find(index, "GET", "/me")).contains("* /**");
  }

  @Test
  void givesTheDecodedValuesOfThePathVariables() {
    RouteIndex index = index("GET /v1/{tenant}/x/{item}");

    assertThat(index.match("GET", path("/v1/a%20b/x/%41")))
        .map(match -> match.variables().values())
        .contains(Map.of("tenant", "a b", "item", "A"));
  }

  @Test
  void matchesNoVariableWithAnEmptySegment() {
    assertThat(find(index("GET /v1/{x}"), "GET", "/v1/")).isEmpty();
  }

  @Test
  void comesBackFromALiteralThatLeadsNowhere() {
    RouteIndex index = index("GET /a/b/c", "GET /{x}/b/d");

    assertThat(find(index, "GET", "/a/b/d")).contains("GET /{x}/b/d");
  }

  @Test
  void holdsManyRoutesAndFindsFirstAndLast() {
    RouteIndex index =
        index(
            IntStream.range(0, 10_000)
                .mapToObj(i -> "GET /v1/r" + i + "/{x}")
                .toArray(String[]::new));

    assertThat(find(index, "GET", "/v1/r0/a")).contains("GET /v1/r0/{x}");
    assertThat(find(index, "GET", "/v1/r9999/a")).contains("GET /v1/r9999/{x}");
    assertThat(find(index, "GET", "/v1/r10000/a")).isEmpty();
  }

  @Test
  void refusesToDescendWithoutEnd() {
    assertThat(find(index("GET /**"), "GET", "/a".repeat(256))).isPresent();
    assertThat(find(index("GET /**"), "GET", "/a".repeat(257))).isEmpty();
  }

  private static RouteIndex index(String... matches) {
    return new RouteIndex(List.of(TestPolicies.of(Arrays.asList(matches))));
  }

  private static Optional<String> find(RouteIndex index, String method, String path) {
    return index.match(method, path(path)).map(match -> match.route().id().substring(5));
  }

  private static CanonicalPath path(String raw) {
    return ((Canonical) CanonicalPath.of(raw)).path();
  }
}
