package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two routes: one for which {@link PolicyFiles#SCOPES} are enough, and one for which they are not,
 * which says so with status 200, so that wrk takes it for what it should be.
 */
record RefusingPolicies() implements Policies {
  static final String ADMITTED = "/admitted/42";
  static final String REFUSED = "/refused/42";

  @Override
  public void write(Path directory, URI upstream) throws IOException {
    Files.writeString(
        directory.resolve("refusing.yaml"),
        """
        api: refusing
        upstream: %s
        credentials: [bearer]
        email: required
        errors: quiet
        routes:
          - match: GET /admitted/{item}
            scopes: ["admitted/{item}:read"]
          - match: GET /refused/{item}
            scopes: ["refused/{item}:write"]
        error-profiles:
          quiet:
            SCOPE_INSUFFICIENT: {status: 200, content-type: text/plain, body: refused}
        """
            .formatted(upstream));
  }
}
