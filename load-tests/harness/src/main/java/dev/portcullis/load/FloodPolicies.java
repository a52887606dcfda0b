package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** An API, and one that takes the tokens of a system that it replaces. */
record FloodPolicies() implements Policies {
  /** Wants a minted token. */
  static final String PATH = "/api/42";

  /** Looks tokens up that have no check characters. */
  static final String IMPORTED = "/imported/42";

  @Override
  public void write(Path directory, URI upstream) throws IOException {
    Files.writeString(directory.resolve("api.yaml"), text("api", upstream, false));
    Files.writeString(directory.resolve("imported.yaml"), text("imported", upstream, true));
  }

  private static String text(String api, URI upstream, boolean imported) {
    return """
    api: %1$s
    upstream: %2$s
    credentials: [bearer]
    email: required
    imported-tokens: %3$s
    routes:
      - match: GET /%1$s/{item}
        scopes: ["%1$s/{item}:read"]
    """
        .formatted(api, upstream, imported);
  }
}
