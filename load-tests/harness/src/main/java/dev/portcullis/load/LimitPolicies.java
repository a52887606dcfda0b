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
  /** The first segment of the one path of {@link #LEASED}. */
  static final String LEASED_ROUTE = "leased";

  /** One route with one leased limit, of more than can be sent. */
  static final LimitPolicies LEASED =
      new LimitPolicies(Map.of(LEASED_ROUTE, "999999999 per second leased"));

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

  /** The path pattern of the route with this first segment. */
  static String pattern(String segment) {
    return "/" + segment + "/{item}";
  }

  /** A path of the route with this first segment. */
  static String path(String segment) {
    return pattern(segment).replace("{item}", "42");
  }
}
