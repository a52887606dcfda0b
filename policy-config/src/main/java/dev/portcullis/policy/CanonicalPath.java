package dev.portcullis.policy;

import java.util.List;

/**
 * The one form of a request path that is matched, checked and forwarded.
 *
 * <p>Percent-escapes of unreserved characters are decoded and the others written in upper case (RFC
 * 3986, sections 6.2.2.1 and 6.2.2.2). Whatever two servers could read in two ways has no canonical
 * form: see {@link PathParser}.
 *
 * @param text the path as forwarded, starting with {@code /}
 * @param segments the decoded segments; a trailing slash is a last, empty segment
 */
public record CanonicalPath(String text, List<String> segments) {

  /** What became of a raw path. */
  public sealed interface Result {}

  /** The path has a canonical form. */
  public record Canonical(CanonicalPath path) implements Result {}

  /**
   * The path is ambiguous or unlawful.
   *
   * @param detail what is wrong, for the log and the explain answer
   */
  public record Rejected(String detail) implements Result {}

  /** Reads a raw path, without query, as it stands in the request target. */
  public static Result of(String raw) {
    return PathParser.parse(raw);
  }
}
