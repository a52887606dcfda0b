package dev.portcullis.gateway.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The options of a list. */
final class Paging {
  @Option(names = "--limit", paramLabel = "N", description = "At most so many; 50, at most 200.")
  Optional<String> limit = Optional.empty();

  @Option(names = "--cursor", paramLabel = "ID", description = "Those after this one.")
  Optional<String> cursor = Optional.empty();

  Query addTo(Query query) {
    return query.add("limit", limit).add("cursor", cursor);
  }

  /** Tells that there is more. */
  static void hint(Surroundings surroundings, JsonNode list) {
    if (list.hasNonNull("next")) {
      surroundings.err().println("there are more: add --cursor " + Table.text(list.get("next")));
    }
  }
}
