package dev.portcullis.gateway.cli;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code portcullis token ...}: what principals prove themselves with. */
@Command(
    name = "token",
    description = "Tokens, with which principals prove who they are.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class TokenCommands {
  private static final String PATH = "/v1/tokens";

  private final Surroundings surroundings;

  TokenCommands(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(description = "Creates a token.", mixinStandardHelpOptions = true)
  int create(@Mixin Connection connection, @Mixin TokenOptions options) {
    ObjectNode body = options.body();
    return connection.converse(
        surroundings, client -> client.post(PATH, body), TokenCommands::showNew);
  }

  @Command(description = "Shows a token, without its secret.", mixinStandardHelpOptions = true)
  int show(@Mixin Connection connection, @Parameters(paramLabel = "ID") String id) {
    return connection.converse(
        surroundings, client -> client.get(path(id)), TokenCommands::showOne);
  }

  @Command(description = "Lists tokens.", mixinStandardHelpOptions = true)
  int list(
      @Mixin Connection connection,
      @Mixin Paging paging,
      @Option(names = "--principal", paramLabel = "ID") Optional<String> principal,
      @Option(names = "--organization", paramLabel = "NAME") Optional<String> organization,
      @Option(names = "--status", description = "active, expired or revoked")
          Optional<String> status) {
    Query query =
        new Query()
            .add("principal", principal)
            .add("organization", organization)
            .add("status", status);
    String path = PATH + paging.addTo(query);
    return connection.converse(surroundings, client -> client.get(path), TokenCommands::showAll);
  }

  @Command(description = "Ends a token, everywhere, for good.", mixinStandardHelpOptions = true)
  int revoke(
      @Mixin Connection connection,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--reason", paramLabel = "TEXT") Optional<String> reason) {
    ObjectNode body = ControlClient.JSON.createObjectNode();
    reason.ifPresent(text -> body.put("reason", text));
    return connection.converse(
        surroundings, client -> client.post(path(id) + "/revoke", body), TokenCommands::showOne);
  }

  private static String path(String id) {
    return PATH + "/" + Query.escape(id);
  }

  private static void showNew(Surroundings surroundings, JsonNode created) {
    showOne(surroundings, created.path("token"));
    PrintWriter out = surroundings.out();
    out.println();
    out.println("The secret, which is shown only this once:");
    out.println();
    out.println("  " + Table.text(created.path("secret")));
    out.flush();
  }

  private static void showOne(Surroundings surroundings, JsonNode token) {
    table().add(token).print(surroundings.out());
  }

  private static void showAll(Surroundings surroundings, JsonNode list) {
    Table table = table();
    list.path("items").forEach(table::add);
    table.print(surroundings.out());
    Paging.hint(surroundings, list);
  }

  private static Table table() {
    return new Table("id", "name", "principal", "kind", "status", "expiresAt", "scopes");
  }
}
