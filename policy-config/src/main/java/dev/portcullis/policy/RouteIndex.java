package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a request's route in time that depends on the path's length, not on the number of routes.
 *
 * <p>A tree with a level a segment. At each level a literal is more specific than a variable, and a
 * variable more than {@code **}; the most specific route that allows the method wins, whatever the
 * order in the files. On one and the same path a route that names the method wins over one that is
 * for all methods, and {@code HEAD} over {@code GET}.
 */
public final class RouteIndex {
  private static final int MAX_SEGMENTS = 256;

  private final RouteTree<Entry> tree;
  private final RouteTree<Entry> own;

  /** Indexes all routes of these policies. */
  public RouteIndex(List<Policy> policies) {
    this(tree(policies), new RouteTree<>());
  }

  private RouteIndex(RouteTree<Entry> tree, RouteTree<Entry> own) {
    this.tree = tree;
    this.own = own;
  }

  private static RouteTree<Entry> tree(List<Policy> policies) {
    RouteTree<Entry> tree = new RouteTree<>();
    for (Policy policy : policies) {
      for (Route route : policy.routes()) {
        tree.add(route, new Entry(policy, route));
      }
    }
    return tree;
  }

  /**
   * The same with the gateway's own routes, which alone are looked for where a path is {@linkplain
   * Policies#isReserved reserved}: no variable or {@code **} of another policy takes one of those.
   */
  RouteIndex withOwn(List<Policy> policies) {
    return new RouteIndex(tree, tree(policies));
  }

  /** The route for a request, or nothing where no policy lists one: it then does not exist. */
  public Optional<RouteMatch> match(String method, CanonicalPath path) {
    List<String> segments = path.segments();
    if (segments.size() > MAX_SEGMENTS) {
      return Optional.empty();
    }
    Entry found = (Policies.isReserved(path) ? own : tree).find(method, segments);
    return found == null ? Optional.empty() : found.match(segments);
  }

  private static final class Entry {
    private final Policy policy;
    private final Route route;
    private final List<String> names = new ArrayList<>(0);
    private final List<Integer> positions = new ArrayList<>(0);
    private final Optional<RouteMatch> withoutVariables;

    Entry(Policy policy, Route route) {
      this.policy = policy;
      this.route = route;
      this.withoutVariables = Optional.of(new RouteMatch(policy, route, PathVariables.NONE));
      List<PathPattern.Segment> pattern = route.path().segments();
      for (int i = 0; i < pattern.size(); i++) {
        if (pattern.get(i) instanceof PathPattern.Variable(String name)) {
          names.add(name);
          positions.add(i);
        }
      }
    }

    Optional<RouteMatch> match(List<String> path) {
      if (names.isEmpty()) {
        return withoutVariables;
      }
      Map<String, String> values = HashMap.newHashMap(names.size());
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), path.get(positions.get(i)));
      }
      return Optional.of(new RouteMatch(policy, route, new PathVariables(values)));
    }
  }
}
