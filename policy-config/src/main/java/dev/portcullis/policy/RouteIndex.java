package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a request's route in time that depends on the path's length, not on the number of routes.
 *
 * <p>A tree with a level a segment. At each level a literal is more specific than a variable, and a
 * variable more than {@code **}; the most specific route that allows the method wins, whatever the
 * order in the files.
 */
public final class RouteIndex {
  private static final int MAX_SEGMENTS = 256;

  private final Node root = new Node();

  /** Indexes all routes of these policies. */
  public RouteIndex(List<Policy> policies) {
    for (Policy policy : policies) {
      for (Route route : policy.routes()) {
        root.add(route.path().segments(), 0, new Entry(policy, route));
      }
    }
  }

  /** The route for a request, or nothing where no policy lists one: it then does not exist. */
  public Optional<RouteMatch> match(String method, CanonicalPath path) {
    List<String> segments = path.segments();
    if (segments.size() > MAX_SEGMENTS || Policies.isReserved(path)) {
      return Optional.empty();
    }
    Entry found = root.find(method, segments, 0);
    return found == null ? Optional.empty() : Optional.of(found.match(segments));
  }

  private record Entry(Policy policy, Route route) {
    RouteMatch match(List<String> path) {
      Map<String, String> values = Map.of();
      List<PathPattern.Segment> pattern = route.path().segments();
      for (int i = 0; i < pattern.size(); i++) {
        if (pattern.get(i) instanceof PathPattern.Variable(String name)) {
          values = values.isEmpty() ? new LinkedHashMap<>(4) : values;
          values.put(name, path.get(i));
        }
      }
      return new RouteMatch(
          policy, route, values.isEmpty() ? PathVariables.NONE : new PathVariables(values));
    }
  }

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private @Nullable Node variable;
    private final List<Entry> here = new ArrayList<>(1);
    private final List<Entry> rest = new ArrayList<>(0);

    void add(List<PathPattern.Segment> pattern, int at, Entry entry) {
      if (at == pattern.size()) {
        here.add(entry);
        return;
      }
      switch (pattern.get(at)) {
        case PathPattern.Literal(String text) ->
            literals.computeIfAbsent(text, key -> new Node()).add(pattern, at + 1, entry);
        case PathPattern.Variable any -> {
          variable = variable == null ? new Node() : variable;
          variable.add(pattern, at + 1, entry);
        }
        case PathPattern.Rest all -> rest.add(entry);
      }
    }

    @Nullable Entry find(String method, List<String> path, int at) {
      if (at == path.size()) {
        Entry exact = allowing(here, method);
        return exact != null ? exact : allowing(rest, method);
      }
      String segment = path.get(at);
      Node literal = literals.get(segment);
      Entry found = literal == null ? null : literal.find(method, path, at + 1);
      if (found == null && variable != null && !segment.isEmpty()) {
        found = variable.find(method, path, at + 1);
      }
      return found != null ? found : allowing(rest, method);
    }

    private static @Nullable Entry allowing(List<Entry> entries, String method) {
      Entry any = null;
      for (Entry entry : entries) {
        if (entry.route.allows(method)) {
          if (!entry.route.methods().isEmpty()) {
            return entry;
          }
          any = entry;
        }
      }
      return any;
    }
  }
}
