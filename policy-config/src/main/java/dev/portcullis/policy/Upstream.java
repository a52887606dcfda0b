package dev.portcullis.policy;

import java.net.URI;

/** The written form of where admitted requests go. */
final class Upstream {
  private Upstream() {}

  /**
   * Reads an http or https URL with a host, and with a port and a path prefix or none.
   *
   * @return without a trailing slash
   * @throws IllegalArgumentException with a message for people, when it is something else
   */
  static URI parse(String text) {
    URI uri = HttpUrl.parse(text, "an upstream");
    if (uri.getRawQuery() != null) {
      throw HttpUrl.problem(text, "has a query");
    }
    String path = uri.getRawPath();
    if (!path.isEmpty()
        && CanonicalPath.of(path) instanceof CanonicalPath.Rejected(String detail)) {
      throw HttpUrl.problem(text, "is not sound: " + detail);
    }
    return path.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
  }
}
