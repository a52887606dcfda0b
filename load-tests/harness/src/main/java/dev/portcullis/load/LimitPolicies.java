package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One API whose routes differ in their limit only.
 *
 * @param limits the route's limit as the policy file has it, by first segment of the path; empty
 *     for none
 */
record LimitPolicies(Map<String, String> limits) implements Policies {

  @Override
  public void write(Path directory, URI upstream) throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            api: limits
            upstream: %s
            credentials: [bearer]
            email: required
            routes:
            """
                .formatted(upstream));
    limits.forEach(
        (segment, limit) -> {
          text.append("  - match: GET ").append(pattern(segment)).append('\n');
          text.append("    scopes: [\"").append(segment).append("/{item}:read\"]\n");
          if (!limit.isEmpty()) {
            text.append("    limit: ").append(limit).append('\n');
          }
        });
    Files.writeString(directory.resolve("limits.yaml"), text);
  }

  /** A path of the route with this first segment. */
  static String path(String segment) {
    return pattern(segment).replace("{item}", "42");
  }

  /** The path pattern of the route with this first segment. */
  static String pattern(String segment) {
    return "/" + segment + "/{item}";
  }
}
