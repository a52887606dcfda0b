package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A scope that a route requires, in which a whole segment may be a path variable, {@code
 * dataset/{dataset}/ingest:create}, or, where it is not the first, {@code *} for any instance at
 * all: {@code dataset/*:read}.
 *
 * @param shape the scope; a segment that is a variable keeps its braces
 * @param variables the names of the path variables, in order
 */
public record ScopeTemplate(Scope shape, List<String> variables) {
  private static final Pattern VARIABLE =
      Pattern.compile("(?<=^|/)\\{(" + PathPattern.VARIABLE_NAME + ")}(?=[/:])");

  public ScopeTemplate {
    variables = List.copyOf(variables);
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException with a message for people, when it is not a required scope
   */
  public static ScopeTemplate parse(String text) {
    Scope plain = Scope.parse(VARIABLE.matcher(text).replaceAll("$1"));
    if (hasStray(plain)) {
      throw new IllegalArgumentException(
          "'" + text + "' has a '*' that is not a whole segment behind the first");
    }
    if (text.startsWith(GrantedScopes.ROLE)) {
      throw new IllegalArgumentException("'" + text + "': a role is granted, never required");
    }
    List<String> segments = List.of(text.substring(0, text.indexOf(':')).split("/", -1));
    List<String> variables =
        segments.stream().filter(ScopeTemplate::isVariable).map(ScopeTemplate::name).toList();
    return new ScopeTemplate(new Scope(segments, plain.action()), variables);
  }

  private static boolean hasStray(Scope required) {
    List<String> segments = required.segments();
    return required.action().endsWith("*")
        || segments.getFirst().endsWith("*")
        || segments.stream().anyMatch(segment -> segment.endsWith("*") && segment.length() > 1);
  }

  /** What is asked for when the path variables have these values. */
  public RequiredScope resolve(PathVariables values) {
    return variables.isEmpty() ? shape : new Resolved(this, values);
  }

  /** A template whose variables have values. */
  record Resolved(ScopeTemplate template, PathVariables values) implements RequiredScope {

    @Override
    public int size() {
      return template.shape.size();
    }

    @Override
    public String segment(int index) {
      String segment = template.shape.segment(index);
      return isVariable(segment) ? values.get(template.variable(index)) : segment;
    }

    @Override
    public String action() {
      return template.shape.action();
    }

    @Override
    public String toString() {
      return IntStream.range(0, size()).mapToObj(this::segment).collect(Collectors.joining("/"))
          + ":"
          + action();
    }
  }

  private String variable(int index) {
    int before = 0;
    for (int i = 0; i < index; i++) {
      before += isVariable(shape.segment(i)) ? 1 : 0;
    }
    return variables.get(before);
  }

  /** Whether this granted scope covers it, at least for some values of the path variables. */
  boolean couldBeCoveredBy(Scope granted) {
    return granted.covers(suiting(granted));
  }

  /** The scope asked for when the path variables have the values that suit this grant best. */
  private Scope suiting(Scope granted) {
    List<String> segments = new ArrayList<>(shape.segments());
    for (int i = 0; i < Math.min(segments.size(), granted.segments().size()); i++) {
      if (isVariable(segments.get(i))) {
        segments.set(i, granted.segments().get(i));
      }
    }
    return new Scope(segments, shape.action());
  }

  /** Whether this segment of a template's shape stands for any text. */
  static boolean isVariable(String segment) {
    return segment.charAt(0) == '{';
  }

  private static String name(String segment) {
    return segment.substring(1, segment.length() - 1);
  }

  @Override
  public String toString() {
    return shape.toString();
  }
}
