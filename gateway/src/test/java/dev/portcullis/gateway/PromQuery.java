package dev.portcullis.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a query in Prometheus' language names.
 *
 * @param metrics its metrics, and the labels by which each is selected
 * @param grouping the labels by which it joins and groups
 */
record PromQuery(Set<Selector> metrics, Set<String> grouping) {
  /** A metric, and by what it is selected. */
  record Selector(String metric, List<Match> matches) {
    Set<String> labels() {
      return matches.stream().map(Match::label).collect(Collectors.toSet());
    }
  }

  /**
   * What a label has to say, or not to.
   *
   * @param operator one of {@code =}, {@code !=}, {@code =~} and {@code !~}
   */
  record Match(String label, String operator, String text) {
    /** What it asks for; nothing where that is left to a dashboard's variable. */
    List<String> alternatives() {
      if (text.contains("$")) {
        return List.of();
      }
      return operator.endsWith("~") ? List.of(text.split("\\|", -1)) : List.of(text);
    }

    /** Whether one of the alternatives fits a word. */
    boolean takes(String alternative, String word) {
      return operator.endsWith("~") ? word.matches(alternative) : word.equals(alternative);
    }
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "\"[^\"]*\"|\\[[^]]*]|[A-Za-z_:][A-Za-z0-9_:]*|[0-9.]+[smhdwy]*|[{}()=!~<>,+*/-]");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_:][A-Za-z0-9_:]*");
  private static final Set<String> GROUPING =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

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
          metrics.add(new Selector(token, next().equals("{") ? matches() : List.of()));
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

    private List<Match> matches() {
      List<Match> matches = new ArrayList<>();
      String label = "";
      StringBuilder operator = new StringBuilder();
      for (String token = ""; !token.equals("}"); token = tokens.get(at++)) {
        if (NAME.matcher(token).matches()) {
          label = token;
          operator.setLength(0);
        } else if (token.startsWith("\"")) {
          String text = token.substring(1, token.length() - 1);
          matches.add(new Match(label, operator.toString(), text));
        } else {
          operator.append(token);
        }
      }
      return matches;
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
