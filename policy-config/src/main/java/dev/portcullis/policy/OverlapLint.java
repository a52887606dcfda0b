package dev.portcullis.policy;

import dev.portcullis.policy.PathPattern.Literal;
import dev.portcullis.policy.PathPattern.Rest;
import dev.portcullis.policy.PathPattern.Segment;
import dev.portcullis.policy.PathPattern.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds routes that others leave nothing to, and routes that others undercut. */
final class OverlapLint {
  /** Those of RFC 9110 and RFC 5789 that are routed, and one that nobody lists. */
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "any other");

  /** Matches a variable and no literal: it is not UTF-8, so no path has it. */
  private static final String NO_LITERAL = "\uD800";

  /** What a path that ends in a slash has behind it. */
  private static final Segment SLASH = new Literal("");

  private final RouteTree<Placed<Route>> tree = new RouteTree<>();
  private final Problems warnings;

  private OverlapLint(Problems warnings) {
    this.warnings = warnings;
  }

  static void check(List<PolicyFile> files, Problems warnings) {
    OverlapLint lint = new OverlapLint(warnings);
    List<Placed<Route>> routes = files.stream().flatMap(file -> file.routes().stream()).toList();
    routes.forEach(route -> lint.tree.add(route.value(), route));
    routes.forEach(lint::checkDead);
    routes.forEach(lint::checkUndercut);
  }

  private void checkDead(Placed<Route> placed) {
    Route route = placed.value();
    Set<String> methods = route.methods().isEmpty() ? METHODS : route.methods();
    if (route.path().segments().getLast() instanceof Rest
        && methods.stream().allMatch(method -> tree.leavesNothing(route, method))) {
      warnings.add(placed.place(), "can never match: more specific routes take all its requests");
    }
  }

  /** Looks for methods that this route leaves to one that asks for less on the same paths. */
  private void checkUndercut(Placed<Route> placed) {
    Route route = placed.value();
    List<String> path = sample(route.path());
    Map<Placed<Route>, Set<String>> weaker = new LinkedHashMap<>();
    for (String method : METHODS) {
      Placed<Route> other = route.allows(method) ? null : tree.find(method, path);
      if (other != null && undercuts(other.value(), route)) {
        weaker.computeIfAbsent(other, key -> new TreeSet<>()).add(method);
      }
    }
    weaker.forEach(
        (other, methods) -> warn(placed, String.join(", ", methods) + " on this path", other));
    boolean slashed = route.path().segments().getLast().equals(SLASH);
    if (weaker.isEmpty() && !slashed) {
      checkSlash(placed);
    }
  }

  /** Looks for a slash behind the path, which many upstreams do not mind. */
  private void checkSlash(Placed<Route> placed) {
    Route route = placed.value();
    List<Segment> slashed = new ArrayList<>(route.path().segments());
    slashed.add(SLASH);
    List<String> path = sample(new PathPattern(slashed));
    for (String method : METHODS) {
      Placed<Route> other = route.allows(method) ? tree.find(method, path) : null;
      if (other != null
          && covers(other.value().path(), slashed)
          && demand(other.value()) < demand(route)) {
        warn(placed, "this path with a slash behind it", other);
        return;
      }
    }
  }

  private void warn(Placed<Route> placed, String what, Placed<Route> other) {
    warnings.add(
        placed.place(),
        what
            + " "
            + asks(other.value())
            + " by the broader route in "
            + other.place().file()
            + ":"
            + other.place().line());
  }

  private static boolean undercuts(Route other, Route route) {
    boolean sameShape = other.path().shape().equals(route.path().shape());
    boolean broader =
        sameShape ? other.methods().isEmpty() : covers(other.path(), route.path().segments());
    return broader && demand(other) < demand(route);
  }

  /** Whether the broader pattern is for all paths that the other segments are for. */
  private static boolean covers(PathPattern broader, List<Segment> segments) {
    int at = 0;
    for (Segment segment : broader.segments()) {
      if (segment instanceof Rest) {
        return true;
      }
      if (at == segments.size() || segments.get(at) instanceof Rest) {
        return false;
      }
      if (segment instanceof Literal && !segment.equals(segments.get(at))) {
        return false;
      }
      at++;
    }
    return at == segments.size();
  }

  private static int demand(Route route) {
    if (route.open() || route.shadow()) {
      return 0;
    }
    return route.scopes().isEmpty() ? 1 : 2;
  }

  private static String asks(Route route) {
    if (route.open()) {
      return "is public";
    }
    return route.shadow() ? "is in shadow mode" : "needs no scope";
  }

  private static List<String> sample(PathPattern pattern) {
    List<String> path = new ArrayList<>(pattern.segments().size());
    for (Segment segment : pattern.segments()) {
      switch (segment) {
        case Literal(String text) -> path.add(text);
        case Variable any -> path.add(NO_LITERAL);
        case Rest all -> path.addAll(List.of(NO_LITERAL, NO_LITERAL));
      }
    }
    return path;
  }
}
