package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Routes for each kind of refusal, for tokens with {@link PolicyFiles#SCOPES}: one that admits, one
 * that wants another scope, one with a limit that is soon used up; and an API that takes the tokens
 * of a system that it replaces, which have no check characters.
 */
record KindPolicies() implements Policies {
  static final String ADMITTED = "admitted";
  static final String WRITTEN = "written";
  static final String LIMITED = "limited";
  static final String IMPORTED = "imported";

  /** Is no route's. */
  static final String NOWHERE = "nowhere";

  @Override
  public void write(Path directory, URI upstream) throws IOException {
    Files.writeString(
        directory.resolve("kinds.yaml"),
        """
        api: kinds
        upstream: %s
        credentials: [bearer]
        email: required
        routes:
          - match: GET /admitted/{item}
            scopes: ["admitted/{item}:read"]
          - match: GET /written/{item}
            scopes: ["written/{item}:write"]
          - match: GET /limited/{item}
            scopes: ["limited/{item}:read"]
            limit: 1 per hour leased
        """
            .formatted(upstream));
    Files.writeString(
        directory.resolve("imported.yaml"),
        """
        api: imported
        upstream: %s
        credentials: [bearer]
        email: required
        imported-tokens: true
        routes:
          - match: GET /imported/{item}
            scopes: ["imported/{item}:read"]
        """
            .formatted(upstream));
  }

  /** The path pattern of the route with this first segment. */
  static String pattern(String segment) {
    return "/" + segment + "/{item}";
  }

  /** A path with this first segment. */
  static String path(String segment) {
    return pattern(segment).replace("{item}", "42");
  }
}
