package dev.portcullis.policy;

import java.util.List;

/**
 * A permission: an action on a resource, written {@code resource[/instance...]:action}, for example
 * {@code dataset/logs/ingest:create}.
 *
 * <p>In a granted scope a segment may be {@code *} or end in {@code *}; a {@code *} that stands as
 * the last segment covers one or more segments. In a required scope a segment that is {@code *}
 * asks for any instance, so only a granted {@code *} covers it.
 *
 * <p>Scopes that begin with {@value #GATEWAY} are for the gateway itself, and only a granted scope
 * that begins with that very word covers them: {@code *:*} is meant for the APIs.
 *
 * @param segments the resource and its instances, at least one, none empty
 * @param action the action, not empty
 */
public record Scope(List<String> segments, String action) implements RequiredScope {
  /** The first segment of what the gateway itself asks for. */
  public static final String GATEWAY = "portcullis";

  public Scope {
    segments = List.copyOf(segments);
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException with a message for people, when it is not a scope
   */
  public static Scope parse(String text) {
    return ScopeParser.parse(text);
  }

  /** Whether whoever was granted this scope may do what {@code required} asks for. */
  public boolean covers(RequiredScope required) {
    return matches(action, required.action())
        && coversSegments(required)
        && isForGateway() == required.isForGateway();
  }

  @Override
  public int size() {
    return segments.size();
  }

  @Override
  public String segment(int index) {
    return segments.get(index);
  }

  private boolean coversSegments(RequiredScope required) {
    int last = segments.size() - 1;
    for (int i = 0; i <= last; i++) {
      if (i == last && segments.get(i).equals("*")) {
        return required.size() > last;
      }
      if (i >= required.size() || !matches(segments.get(i), required.segment(i))) {
        return false;
      }
    }
    return required.size() == segments.size();
  }

  private static boolean matches(String granted, String required) {
    int end = granted.length() - 1;
    return granted.charAt(end) == '*'
        ? required.regionMatches(0, granted, 0, end)
        : granted.equals(required);
  }

  @Override
  public String toString() {
    return String.join("/", segments) + ":" + action;
  }
}
