package dev.portcullis.load;

import java.net.URI;

/**
 * What all peers share.
 *
 * @param upstream where requests go
 * @param pattern the route's path, which ends in {@code /{item}}
 * @param credential the one that has to pass
 */
record Stage(URI upstream, String pattern, Credential credential, Redis redis) {
  private static final String VARIABLE = "{item}";

  /** A path of the route. */
  String path() {
    return pattern.replace(VARIABLE, "42");
  }

  /** With what all paths of the route begin. */
  String prefix() {
    return pattern.replace(VARIABLE, "");
  }
}
