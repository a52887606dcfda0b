package dev.portcullis.gateway;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a query in Prometheus' language names.
 *
 * @param metrics its metrics, and the labels by which each is selected
 * @param grouping the labels by which it joins and groups
 */
record PromQuery(Set<Selector> metrics, Set<String> grouping) {
  /** A metric, and the labels by which it is selected. */
  record Selector(String metric, Set<String> labels) {}

  private static final Pattern TOKEN =
      Pattern.compile("\"[^\"]*\"|\\[[^]]*]|[A-Za-z_:][A-Za-z0-9_:]*|[0-9.]+|[{}()=!~<>,+*/-]");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_:][A-Za-z0-9_:]*");
  private static final Set<String> GROUPING =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

  /** Reads a query, as it stands in a dashboard or in a rule. */
  static PromQuery of(String text) {
    return new Reading(TOKEN.matcher(text).results().map(it -> it.group()).toList()).all();
  }

  private static final class Reading {
    private final List<String> tokens;
    private final Set<Selector> metrics = new LinkedHashSet<>();
    private final Set<String> grouping = new HashSet<>();
    private int at;

    Reading(List<String> tokens) {
      this.tokens = tokens;
    }

    PromQuery all() {
      while (at < tokens.size()) {
        String token = tokens.get(at++);
        if (GROUPING.contains(token)) {
          grouping.addAll(names(")"));
        } else if (NAME.matcher(token).matches() && !WORDS.contains(token) && !isFunction()) {
          metrics.add(new Selector(token, next().equals("{") ? names("}") : Set.of()));
        }
      }
      return new PromQuery(metrics, grouping);
    }

    private String next() {
      return at < tokens.size() ? tokens.get(at) : "";
    }

    private boolean isFunction() {
      return next().equals("(") || GROUPING.contains(next());
    }

    private Set<String> names(String end) {
      Set<String> names = new HashSet<>();
      for (String token = ""; !token.equals(end); token = tokens.get(at++)) {
        if (NAME.matcher(token).matches()) {
          names.add(token);
        }
      }
      return names;
    }
  }
}
