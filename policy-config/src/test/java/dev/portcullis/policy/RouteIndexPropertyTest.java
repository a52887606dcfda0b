package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.CanonicalPath.Canonical;
import dev.portcullis.policy.PathPattern.Literal;
import dev.portcullis.policy.PathPattern.Rest;
import dev.portcullis.policy.PathPattern.Segment;
import dev.portcullis.policy.PathPattern.Variable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RouteIndexPropertyTest {

  @Provide
  Arbitrary<List<String>> matches() {
    Arbitrary<String> path =
        Combinators.combine(
                Arbitraries.of("a", "b", "{}").list().ofMaxSize(4), Arbitraries.of("", "/", "/**"))
            .as(RouteIndexPropertyTest::pattern);
    return Combinators.combine(Arbitraries.of("*", "GET", "HEAD", "POST"), path)
        .as((method, text) -> method + " " + text)
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> paths() {
    return Combinators.combine(
            Arbitraries.of("a", "b", "c").list().ofMaxSize(5), Arbitraries.of("", "/"))
        .as((segments, end) -> segments.isEmpty() ? "/" : "/" + String.join("/", segments) + end);
  }

  @Property(tries = 500)
  void agreesWithAScanOverAllRoutes(
      @ForAll("matches") List<String> matches, @ForAll("paths") String raw) {
    Policy policy = TestPolicies.of(matches);
    RouteIndex index = new RouteIndex(List.of(policy));
    CanonicalPath path = ((Canonical) CanonicalPath.of(raw)).path();

    for (String method : List.of("GET", "HEAD", "POST", "PUT")) {
      assertThat(index.match(method, path).map(match -> match.route().id()))
          .isEqualTo(scan(policy, method, path.segments()).map(Route::id));
    }
  }

  /** Among all routes that allow the request, the first by literal, variable, rest, then method. */
  private static Optional<Route> scan(Policy policy, String method, List<String> path) {
    return policy.routes().stream()
        .filter(route -> route.allows(method) && matches(route.path().segments(), path))
        .min(
            Comparator.comparing((Route route) -> rank(route.path().segments(), path.size()))
                .thenComparing(route -> !route.methods().contains(method))
                .thenComparing(route -> route.methods().isEmpty()));
  }

  private static boolean matches(List<Segment> pattern, List<String> path) {
    String regex =
        pattern.stream()
            .map(
                segment ->
                    switch (segment) {
                      case Literal(String text) -> "/" + text;
                      case Variable any -> "/[^/]+";
                      case Rest all -> "(/.*)?";
                    })
            .collect(Collectors.joining());
    return ("/" + String.join("/", path)).matches(regex);
  }

  /** A letter a segment; where a pattern ends with the path it is before one that goes on. */
  private static String rank(List<Segment> pattern, int length) {
    return IntStream.rangeClosed(0, length)
        .mapToObj(
            i -> {
              Segment segment = i < pattern.size() ? pattern.get(i) : new Literal("");
              return switch (segment) {
                case Literal literal -> "a";
                case Variable any -> "b";
                case Rest all -> "c";
              };
            })
        .collect(Collectors.joining());
  }

  private static String pattern(List<String> segments, String end) {
    Map<Integer, String> named = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      named.put(i, segments.get(i).equals("{}") ? "{v" + i + "}" : segments.get(i));
    }
    String path = named.values().stream().map(name -> "/" + name).collect(Collectors.joining());
    return path.isEmpty() && end.isEmpty() ? "/" : path + end;
  }
}
