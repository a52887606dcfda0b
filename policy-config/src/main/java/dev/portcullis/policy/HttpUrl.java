package dev.portcullis.policy;

import java.net.URI;
import java.net.URISyntaxException;

/** The written form of where something is on the network. */
final class HttpUrl {
  private static final int MAX_PORT = 65_535;

  private HttpUrl() {}

  /**
   * Reads an http or https URL with a host, and with a port or none, and without a fragment.
   *
   * @param what it is the address of, for people
   * @throws IllegalArgumentException with a message for people, when it is something else
   */
  static URI parse(String text, String what) {
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
      throw new IllegalArgumentException(what + " has no user and password in it");
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw problem(text, "has no valid host or port");
    }
    if (uri.getRawFragment() != null) {
      throw problem(text, "has a fragment");
    }
    return uri;
  }

  static IllegalArgumentException problem(String text, String what) {
    return new IllegalArgumentException("'" + text + "' " + what);
  }
}
