package dev.portcullis.policy;

import java.net.URI;
import java.net.URISyntaxException;

/** The written form of where admitted requests go. */
final class Upstream {
  private static final int MAX_PORT = 65_535;

  private Upstream() {}

  /**
   * Reads an http or https URL with a host, and with a port and a path prefix or none.
   *
   * @return without a trailing slash
   * @throws IllegalArgumentException with a message for people, when it is something else
   */
  static URI parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw problem(text, "is not a URL");
    }
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      throw problem(text, "starts with neither http:// nor https://");
    }
    if (uri.getRawUserInfo() != null) {
      // Not quoted: what stands there is a password.
      throw new IllegalArgumentException("an upstream has no user and password in it");
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw problem(text, "has no valid host or port");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw problem(text, "has a query or fragment");
    }
    String path = uri.getRawPath();
    if (!path.isEmpty()
        && CanonicalPath.of(path) instanceof CanonicalPath.Rejected(String detail)) {
      throw problem(text, "is not sound: " + detail);
    }
    return path.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
  }

  private static IllegalArgumentException problem(String text, String what) {
    return new IllegalArgumentException("'" + text + "' " + what);
  }
}
