package dev.portcullis.policy;

import dev.portcullis.policy.PathPattern.Literal;
import dev.portcullis.policy.PathPattern.Rest;
import dev.portcullis.policy.PathPattern.Segment;
import dev.portcullis.policy.PathPattern.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by the paths and methods of routes, a level of the tree for a segment of the path.
 *
 * @param <T> what is kept for a route
 */
final class RouteTree<T> {
  private final Map<String, RouteTree<T>> literals = new HashMap<>(4);
  private @Nullable RouteTree<T> variable;
  private final List<Leaf<T>> here = new ArrayList<>(1);
  private final List<Leaf<T>> rest = new ArrayList<>(0);

  /** A route and what is kept for it. */
  record Leaf<T>(Route route, T value) {}

  void add(Route route, T value) {
    add(route.path().segments(), 0, new Leaf<>(route, value));
  }

  private void add(List<Segment> pattern, int at, Leaf<T> leaf) {
    if (at == pattern.size()) {
      here.add(leaf);
      return;
    }
    switch (pattern.get(at)) {
      case Literal(String text) ->
          literals.computeIfAbsent(text, key -> new RouteTree<>()).add(pattern, at + 1, leaf);
      case Variable any -> {
        variable = variable == null ? new RouteTree<>() : variable;
        variable.add(pattern, at + 1, leaf);
      }
      case Rest all -> rest.add(leaf);
    }
  }

  /** The value of the most specific route for this method and path. */
  @Nullable T find(String method, List<String> path) {
    Leaf<T> found = find(method, path, 0);
    return found == null ? null : found.value;
  }

  private @Nullable Leaf<T> find(String method, List<String> path, int at) {
    if (at == path.size()) {
      Leaf<T> exact = allowing(here, method);
      return exact != null ? exact : allowing(rest, method);
    }
    String segment = path.get(at);
    RouteTree<T> literal = literals.get(segment);
    Leaf<T> found = literal == null ? null : literal.find(method, path, at + 1);
    if (found == null && variable != null && !segment.isEmpty()) {
      found = variable.find(method, path, at + 1);
    }
    return found != null ? found : allowing(rest, method);
  }

  /** Whether more specific routes take all requests of a route that ends in {@code **}. */
  boolean leavesNothing(Route route, String method) {
    RouteTree<T> at = this;
    List<Segment> pattern = route.path().segments();
    for (Segment segment : pattern.subList(0, pattern.size() - 1)) {
      RouteTree<T> next =
          segment instanceof Literal(String text) ? at.literals.get(text) : at.variable;
      if (next == null) {
        return false;
      }
      at = next;
    }
    boolean ends = at == this || allowing(at.here, method) != null;
    return ends && at.goesOn(method);
  }

  /** Whether every path that has more segments than this level finds a route below it. */
  private boolean goesOn(String method) {
    RouteTree<T> slash = literals.get("");
    return slash != null
        && slash.ends(method)
        && variable != null
        && (allowing(variable.rest, method) != null
            || (variable.ends(method) && variable.goesOn(method)));
  }

  private boolean ends(String method) {
    return allowing(here, method) != null || allowing(rest, method) != null;
  }

  private static <T> @Nullable Leaf<T> allowing(List<Leaf<T>> leaves, String method) {
    Leaf<T> best = null;
    for (Leaf<T> leaf : leaves) {
      if (leaf.route.methods().contains(method)) {
        return leaf;
      }
      if (leaf.route.allows(method) && (best == null || best.route.methods().isEmpty())) {
        best = leaf;
      }
    }
    return best;
  }
}
