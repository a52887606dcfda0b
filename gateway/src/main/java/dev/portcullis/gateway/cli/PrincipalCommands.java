package dev.portcullis.gateway.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code portcullis principal ...}: users and service accounts, the owners of tokens. */
@Command(
    name = "principal",
    description = "Users and service accounts, the owners of tokens.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class PrincipalCommands {
  private static final String PATH = "/v1/principals";

  private final Surroundings surroundings;

  PrincipalCommands(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(description = "Creates a principal.", mixinStandardHelpOptions = true)
  int create(
      @Mixin Connection connection,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--kind", required = true, description = "user or service-account")
          String kind,
      @Option(names = "--email", description = "The e-mail address that requests must name.")
          Optional<String> email,
      @Option(names = "--organization", description = "The tenant.") Optional<String> organization,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              description = "The most its tokens may do; may be repeated.")
          @Nullable List<String> scopes) {
    ObjectNode body = ControlClient.JSON.createObjectNode().put("id", id).put("kind", kind);
    email.ifPresent(text -> body.put("email", text));
    organization.ifPresent(text -> body.put("organization", text));
    Optional.ofNullable(scopes).orElse(List.of()).forEach(body.putArray("scopes")::add);
    return connection.converse(
        surroundings, client -> client.post(PATH, body), PrincipalCommands::showOne);
  }

  @Command(description = "Shows a principal.", mixinStandardHelpOptions = true)
  int show(@Mixin Connection connection, @Parameters(paramLabel = "ID") String id) {
    return connection.converse(
        surroundings,
        client -> client.get(PATH + "/" + Query.escape(id)),
        PrincipalCommands::showOne);
  }

  @Command(description = "Lists principals.", mixinStandardHelpOptions = true)
  int list(@Mixin Connection connection, @Mixin Paging paging) {
    String query = paging.addTo(new Query()).toString();
    return connection.converse(
        surroundings, client -> client.get(PATH + query), PrincipalCommands::showAll);
  }

  private static void showOne(Surroundings surroundings, JsonNode principal) {
    table().add(principal).print(surroundings.out());
  }

  private static void showAll(Surroundings surroundings, JsonNode list) {
    Table table = table();
    list.path("items").forEach(table::add);
    table.print(surroundings.out());
    Paging.hint(surroundings, list);
  }

  private static Table table() {
    return new Table("id", "kind", "email", "organization", "enabled", "scopes");
  }
}
