package dev.portcullis.gateway.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The options that say which tokens are meant. */
final class TokenFilters {
  @Option(names = "--principal", paramLabel = "ID", description = "Those of this principal.")
  Optional<String> principal = Optional.empty();

  @Option(names = "--organization", paramLabel = "NAME", description = "Those of this tenant.")
  Optional<String> organization = Optional.empty();

  @Option(names = "--status", description = "active, expired or revoked")
  Optional<String> status = Optional.empty();

  @Option(
      names = "--older-than",
      paramLabel = "DURATION",
      description = "Those created longer ago, such as P90D.")
  Optional<String> olderThan = Optional.empty();

  @Option(
      names = "--expiring-within",
      paramLabel = "DURATION",
      description = "Those that end so soon, such as P14D.")
  Optional<String> expiringWithin = Optional.empty();

  boolean isEmpty() {
    return body().isEmpty();
  }

  Query query() {
    Query query = new Query();
    body().forEachEntry((name, value) -> query.add(name, value.stringValueOpt()));
    return query;
  }

  ObjectNode body() {
    ObjectNode body = ControlClient.JSON.createObjectNode();
    principal.ifPresent(text -> body.put("principal", text));
    organization.ifPresent(text -> body.put("organization", text));
    status.ifPresent(text -> body.put("status", text));
    olderThan.ifPresent(text -> body.put("olderThan", text));
    expiringWithin.ifPresent(text -> body.put("expiringWithin", text));
    return body;
  }
}
