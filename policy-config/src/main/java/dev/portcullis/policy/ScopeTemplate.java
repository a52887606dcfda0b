package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A scope that a route requires, in which a whole segment may be a path variable: {@code
 * dataset/{dataset}/ingest:create}.
 *
 * @param segments the segments; a variable keeps its braces
 * @param action the action
 */
public record ScopeTemplate(List<String> segments, String action) {

  public ScopeTemplate {
    segments = List.copyOf(segments);
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException with a message for people, when it is not a required scope
   */
  public static ScopeTemplate parse(String text) {
    Scope shape =
        Scope.parse(text.replaceAll("(?<=^|/)\\{([A-Za-z][A-Za-z0-9_-]*)}(?=[/:])", "$1"));
    if (shape.toString().indexOf('*') >= 0) {
      throw new IllegalArgumentException("'" + text + "' requires a '*', which nobody can mean");
    }
    int colon = text.indexOf(':');
    return new ScopeTemplate(List.of(text.substring(0, colon).split("/", -1)), shape.action());
  }

  /** The names of the path variables, in order. */
  public List<String> variables() {
    return segments.stream().filter(ScopeTemplate::isVariable).map(ScopeTemplate::name).toList();
  }

  /** The scope asked for when the path variables have these values. */
  public Scope resolve(PathVariables values) {
    List<String> resolved = new ArrayList<>(segments.size());
    for (String segment : segments) {
      resolved.add(isVariable(segment) ? values.get(name(segment)) : segment);
    }
    return new Scope(resolved, action);
  }

  private static boolean isVariable(String segment) {
    return segment.charAt(0) == '{';
  }

  private static String name(String segment) {
    return segment.substring(1, segment.length() - 1);
  }

  @Override
  public String toString() {
    return String.join("/", segments) + ":" + action;
  }
}
