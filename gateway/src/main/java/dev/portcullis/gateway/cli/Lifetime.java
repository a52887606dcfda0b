package dev.portcullis.gateway.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The options that say how long a token lives. */
final class Lifetime {
  @Option(
      names = "--expires-at",
      paramLabel = "TIME",
      description = "Such as 2030-01-31T12:00:00Z.")
  Optional<String> expiresAt = Optional.empty();

  @Option(names = "--expires-in", paramLabel = "DURATION", description = "Such as P90D or PT12H.")
  Optional<String> expiresIn = Optional.empty();

  ObjectNode addTo(ObjectNode body) {
    expiresAt.ifPresent(text -> body.put("expiresAt", text));
    expiresIn.ifPresent(text -> body.put("expiresIn", text));
    return body;
  }
}
