package dev.portcullis.gateway.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code portcullis token ...}: what principals prove themselves with. */
@Command(
    name = "token",
    description = "Tokens, with which principals prove who they are.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class TokenCommands {
  static final String PATH = "/v1/tokens";

  private final Surroundings surroundings;

  TokenCommands(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(description = "Creates a token.", mixinStandardHelpOptions = true)
  int create(
      @Mixin Connection connection, @Mixin TokenOptions options, @Mixin SecretOptions secret) {
    if (options.key.isPresent() && options.store.isEmpty()) {
      return Complaint.ofUsage(surroundings, "--key is for --store");
    }
    if (secret.save && options.store.isPresent()) {
      return Complaint.ofUsage(surroundings, "--store shows no secret that --save could keep");
    }
    return secret.ask(surroundings, connection, PATH, options.body());
  }

  @Command(description = "Shows a token, without its secret.", mixinStandardHelpOptions = true)
  int show(@Mixin Connection connection, @Parameters(paramLabel = "ID") String id) {
    return connection.converse(surroundings, client -> client.get(path(id)), Table::ofOne);
  }

  @Command(description = "Lists tokens.", mixinStandardHelpOptions = true)
  int list(@Mixin Connection connection, @Mixin Paging paging, @Mixin TokenFilters filters) {
    return paging.list(
        surroundings,
        connection,
        PATH,
        filters.query(),
        TokenTable.of(surroundings),
        TokenTable::flagged);
  }

  @Command(
      description = {
        "Changes what people call a token.",
        "What it may do is fixed when it is created; see also 'renew' and 'regenerate'."
      },
      mixinStandardHelpOptions = true)
  int update(
      @Mixin Connection connection,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--name") Optional<String> name,
      @Option(names = "--description") Optional<String> description,
      @Option(names = "--clear-description") boolean clearDescription,
      @Option(
              names = "--tag",
              paramLabel = "KEY=VALUE",
              description = "In place of all its tags; may be repeated.")
          @Nullable Map<String, String> tags,
      @Option(names = "--clear-tags") boolean clearTags) {
    ObjectNode body = ControlClient.JSON.createObjectNode();
    name.ifPresent(text -> body.put("name", text));
    description.ifPresent(text -> body.put("description", text));
    Optional.ofNullable(tags).ifPresent(given -> given.forEach(body.putObject("tags")::put));
    boolean both = (clearDescription && body.has("description")) || (clearTags && body.has("tags"));
    if (clearDescription) {
      body.putNull("description");
    }
    if (clearTags) {
      body.putNull("tags");
    }
    if (both || body.isEmpty()) {
      return Complaint.ofUsage(
          surroundings,
          both ? "set it or clear it, not both" : "nothing to change: name what is to be set");
    }
    return connection.converse(
        surroundings, client -> client.patch(path(id), body), TokenTable::showOne);
  }

  @Command(
      description = {
        "Gives a token another end, and the same secret.",
        "Without an end: the usual lifetime of its kind, from now on."
      },
      mixinStandardHelpOptions = true)
  int renew(
      @Mixin Connection connection,
      @Parameters(paramLabel = "ID") String id,
      @Mixin Lifetime lifetime) {
    ObjectNode body = lifetime.addTo(ControlClient.JSON.createObjectNode());
    return connection.converse(
        surroundings, client -> client.post(path(id) + "/renew", body), TokenTable::showOne);
  }

  @Command(
      description = "Creates a token in place of another, which then ends.",
      mixinStandardHelpOptions = true)
  int regenerate(
      @Mixin Connection connection,
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = "--grace",
              paramLabel = "DURATION",
              description = "How long the old one still works, such as PT1H. Default: not at all.")
          Optional<Duration> grace,
      @Mixin Lifetime lifetime,
      @Mixin SecretOptions secret) {
    ObjectNode body = lifetime.addTo(ControlClient.JSON.createObjectNode());
    grace.ifPresent(time -> body.put("graceSeconds", time.toSeconds()));
    return secret.ask(surroundings, connection, path(id) + "/regenerate", body);
  }

  static String path(String id) {
    return PATH + "/" + Query.escape(id);
  }
}
