package dev.portcullis.gateway.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
        surroundings, client -> client.get(path(id)), PrincipalCommands::showOne);
  }

  @Command(description = "Lists principals.", mixinStandardHelpOptions = true)
  int list(
      @Mixin Connection connection,
      @Mixin Paging paging,
      @Option(names = "--organization", paramLabel = "NAME", description = "Those of this tenant.")
          Optional<String> organization) {
    Query query = new Query().add("organization", organization);
    return paging.list(
        surroundings, connection, PATH, query, table(surroundings), UnaryOperator.identity());
  }

  @Command(
      description = "Changes a principal; all its tokens feel it at once.",
      mixinStandardHelpOptions = true)
  int update(
      @Mixin Connection connection,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--email") Optional<String> email,
      @Option(names = "--clear-email") boolean clearEmail,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              description = "The most its tokens may do, in place of all before; may be repeated.")
          @Nullable List<String> scopes,
      @Option(names = "--clear-scopes", description = "Its tokens may do nothing.")
          boolean clearScopes) {
    if ((clearEmail && email.isPresent()) || (clearScopes && scopes != null)) {
      return Complaint.ofUsage(surroundings, "set it or clear it, not both");
    }
    ObjectNode body = ControlClient.JSON.createObjectNode();
    email.ifPresent(text -> body.put("email", text));
    if (clearEmail) {
      body.putNull("email");
    }
    if (clearScopes || scopes != null) {
      Optional.ofNullable(scopes).orElse(List.of()).forEach(body.putArray("scopes")::add);
    }
    return body.isEmpty()
        ? Complaint.ofUsage(surroundings, "nothing to change: name what is to be set")
        : change(connection, id, body);
  }

  @Command(description = "Lets its tokens work again.", mixinStandardHelpOptions = true)
  int enable(@Mixin Connection connection, @Parameters(paramLabel = "ID") String id) {
    return change(connection, id, ControlClient.JSON.createObjectNode().put("enabled", true));
  }

  @Command(
      description = "Stops all its tokens, until it is enabled again.",
      mixinStandardHelpOptions = true)
  int disable(@Mixin Connection connection, @Parameters(paramLabel = "ID") String id) {
    return change(connection, id, ControlClient.JSON.createObjectNode().put("enabled", false));
  }

  @Command(
      description = "Revokes all its tokens, then deletes it.",
      mixinStandardHelpOptions = true)
  int delete(
      @Mixin Connection connection,
      @Parameters(paramLabel = "ID") String id,
      @Mixin Progress.Quiet quiet) {
    return connection.with(
        surroundings,
        client -> {
          Reply reply;
          try (Progress _ = quiet.start(surroundings, "deleting", 0)) {
            reply = client.deleteBulk(path(id));
          }
          return connection.show(surroundings, reply, TokenRevocation::showCount);
        });
  }

  @Command(
      name = "revoke-tokens",
      description = "Ends all its tokens, everywhere, for good.",
      mixinStandardHelpOptions = true)
  int revokeTokens(
      @Mixin Connection connection,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--reason", paramLabel = "TEXT", description = "For the audit trail.")
          Optional<String> reason,
      @Mixin Progress.Quiet quiet) {
    ObjectNode body = ControlClient.JSON.createObjectNode();
    reason.ifPresent(text -> body.put("reason", text));
    return connection.with(
        surroundings,
        client -> {
          Reply reply;
          try (Progress _ = quiet.start(surroundings, "revoking", 0)) {
            reply = client.postBulk(path(id) + "/revoke-tokens", body);
          }
          return connection.show(surroundings, reply, TokenRevocation::showCount);
        });
  }

  private int change(Connection connection, String id, ObjectNode body) {
    return connection.converse(
        surroundings, client -> client.patch(path(id), body), PrincipalCommands::showOne);
  }

  private static String path(String id) {
    return PATH + "/" + Query.escape(id);
  }

  private static void showOne(Surroundings surroundings, JsonNode principal) {
    table(surroundings).add(principal).print();
  }

  private static Table table(Surroundings surroundings) {
    return new Table(surroundings, "id", "kind", "email", "organization", "enabled", "scopes");
  }
}
