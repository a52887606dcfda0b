package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The shape of a route's paths: literal segments, {@code {variable}} for one whole segment, and
 * {@code **} at the end for any number of segments. Compared exactly, letter case and trailing
 * slash included.
 *
 * @param segments in order
 */
public record PathPattern(List<Segment> segments) {

  /** One segment of a pattern. */
  public sealed interface Segment {}

  /**
   * Exactly this text.
   *
   * @param text decoded
   */
  public record Literal(String text) implements Segment {}

  /**
   * Any one segment that is not empty.
   *
   * @param name of the path variable
   */
  public record Variable(String name) implements Segment {}

  /** All that is left of the path, also nothing. */
  public record Rest() implements Segment {}

  public PathPattern {
    segments = List.copyOf(segments);
  }

  /**
   * Reads the written form, for example {@code /v1/datasets/{dataset}/ingest} or {@code /v2/**}.
   *
   * @throws IllegalArgumentException with a message for people, when it is not a pattern
   */
  public static PathPattern parse(String text) {
    boolean rest = text.endsWith("/**");
    String fixed = rest ? text.substring(0, text.length() - 3) : text;
    List<Segment> segments = new ArrayList<>();
    if (!fixed.isEmpty()) {
      // Braces are no path characters: a variable is read as its name, and told by its braces.
      String plain = fixed.replaceAll("(?<=/)\\{([A-Za-z][A-Za-z0-9_-]*)}(?=/|$)", "$1");
      switch (CanonicalPath.of(plain)) {
        case CanonicalPath.Rejected(String detail) ->
            throw new IllegalArgumentException("'" + text + "': " + detail);
        case CanonicalPath.Canonical(CanonicalPath path) -> {
          String[] written = fixed.substring(1).split("/", -1);
          for (int i = 0; i < written.length; i++) {
            segments.add(segment(text, written[i], path.segments().get(i)));
          }
        }
      }
    }
    if (rest) {
      segments.add(new Rest());
    }
    checkNames(text, segments);
    return new PathPattern(segments);
  }

  private static Segment segment(String pattern, String written, String decoded) {
    if (written.startsWith("{")) {
      return new Variable(decoded);
    }
    if (decoded.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "'" + pattern + "': '*' stands only in a '**' at the end; use {variable}");
    }
    return new Literal(decoded);
  }

  private static void checkNames(String pattern, List<Segment> segments) {
    Set<String> names = new HashSet<>();
    for (Segment segment : segments) {
      if (segment instanceof Variable(String name) && !names.add(name)) {
        throw new IllegalArgumentException(
            "'" + pattern + "': the variable '" + name + "' stands twice");
      }
    }
  }

  /** The names of the path variables, in order. */
  public List<String> variables() {
    List<String> names = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment instanceof Variable(String name)) {
        names.add(name);
      }
    }
    return names;
  }
}
