package dev.portcullis.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The shape of a route's paths: literal segments, {@code {variable}} for one whole segment, and
 * {@code **} at the end for any number of segments. Compared exactly, letter case and trailing
 * slash included.
 *
 * @param segments in order
 */
public record PathPattern(List<Segment> segments) {
  static final String VARIABLE_NAME = "[A-Za-z][A-Za-z0-9_-]*";

  private static final Pattern VARIABLE = Pattern.compile("\\{" + VARIABLE_NAME + "}");

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
    if (!text.startsWith("/")) {
      throw problem(text, "a path starts with '/'");
    }
    String[] written = text.substring(1).split("/", -1);
    List<Segment> segments = new ArrayList<>(written.length);
    for (int i = 0; i < written.length; i++) {
      Segment segment = segment(text, written[i], i == written.length - 1);
      if (segment instanceof Variable && segments.contains(segment)) {
        throw problem(text, "the variable '" + written[i] + "' stands twice");
      }
      segments.add(segment);
    }
    return new PathPattern(segments);
  }

  private static Segment segment(String pattern, String written, boolean last) {
    if (written.equals("**") && last) {
      return new Rest();
    }
    if (written.indexOf('*') >= 0) {
      throw problem(pattern, "'*' stands only in a '**' at the end; use {variable}");
    }
    if (VARIABLE.matcher(written).matches()) {
      return new Variable(written.substring(1, written.length() - 1));
    }
    if (written.indexOf('{') >= 0 || written.indexOf('}') >= 0) {
      throw problem(
          pattern, "a variable is a whole segment, {name}, of letters, digits, '_' and '-'");
    }
    if (written.isEmpty() && !last) {
      throw problem(pattern, "the path has an empty segment");
    }
    return switch (CanonicalPath.of("/" + written)) {
      case CanonicalPath.Rejected(String detail) -> throw problem(pattern, detail);
      case CanonicalPath.Canonical(CanonicalPath path) -> new Literal(path.segments().getFirst());
    };
  }

  private static IllegalArgumentException problem(String pattern, String what) {
    return new IllegalArgumentException("'" + pattern + "': " + what);
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

  /** The written form that {@link #parse} reads. */
  @Override
  public String toString() {
    return segments.stream()
        .map(
            segment ->
                switch (segment) {
                  case Literal(String text) -> encoded(text);
                  case Variable(String name) -> "{" + name + "}";
                  case Rest all -> "**";
                })
        .collect(Collectors.joining("/", "/", ""));
  }

  private static String encoded(String literal) {
    try {
      return new URI(null, null, "/" + literal, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The pattern without the names of its variables: equal for patterns of the same paths. */
  String shape() {
    return segments.stream()
        .map(
            segment ->
                switch (segment) {
                  // No literal holds a slash, so a slash in front tells the others from literals.
                  case Literal(String text) -> text;
                  case Variable any -> "/{}";
                  case Rest all -> "/**";
                })
        .collect(Collectors.joining("/", "/", ""));
  }
}
