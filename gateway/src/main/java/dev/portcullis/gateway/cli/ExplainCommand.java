package dev.portcullis.gateway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code portcullis explain}: which steps the gateway takes for a request, and why. */
@Command(
    name = "explain",
    description = {
      "Shows what the gateway would do with a request, and why; nothing is sent on or counted.",
      "The token comes from --token-file or $PORTCULLIS_TOKEN, or you are asked for it."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private static final String TOKEN = "PORTCULLIS_TOKEN";

  /** Of headers and parameters that carry a secret. */
  private static final Pattern SECRET =
      Pattern.compile("authorization|cookie|apikey|token|secret|password|credential");

  private final Surroundings surroundings;
  @Mixin private final Connection connection = new Connection();

  @Parameters(paramLabel = "METHOD", index = "0", description = "Such as GET.")
  private String method = "";

  @Parameters(paramLabel = "PATH", index = "1", description = "Such as /items/7?view=full.")
  private String path = "";

  @Option(names = "--header", paramLabel = "'NAME: VALUE'", description = "May be repeated.")
  private List<String> headers = List.of();

  @Option(names = "--token-id", paramLabel = "ID", description = "As if with this token.")
  private Optional<String> tokenId = Optional.empty();

  @Option(names = "--token-file", paramLabel = "FILE", description = "Holds the token to send.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(names = "--address", paramLabel = "IP", description = "Where the request comes from.")
  private Optional<String> address = Optional.empty();

  ExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ObjectNode body = ControlClient.JSON.createObjectNode().put("method", method).put("path", path);
    ObjectNode fields = body.putObject("headers");
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        return Complaint.ofUsage(surroundings, "a --header is 'Name: value'");
      }
      fields.withArray(header.substring(0, colon).strip()).add(header.substring(colon + 1).strip());
    }
    if (fields.propertyNames().stream().anyMatch(ExplainCommand::isSecret)
        || parameters().stream().anyMatch(ExplainCommand::isSecret)) {
      return Complaint.ofUsage(
          surroundings,
          "a secret in the arguments can be read by every user of this machine, and stays in the"
              + " shell's history: use --token-file, $"
              + TOKEN
              + " or --token-id");
    }
    tokenId.ifPresent(id -> body.put("tokenId", id));
    address.ifPresent(from -> body.put("address", from));
    try {
      token().ifPresent(token -> fields.withArray("Authorization").add("Bearer " + token));
    } catch (IOException e) {
      return Complaint.ofUsage(surroundings, "the token's file cannot be read: " + e);
    }
    return connection.converse(
        surroundings, client -> client.post("/v1/explain", body), ExplainCommand::show);
  }

  private List<String> parameters() {
    int query = path.indexOf('?');
    return query < 0
        ? List.of()
        : Pattern.compile("[&;]")
            .splitAsStream(path.substring(query + 1))
            .map(parameter -> parameter.split("=", 2)[0])
            .toList();
  }

  private static boolean isSecret(String name) {
    return SECRET.matcher(name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "")).find();
  }

  private Optional<String> token() throws IOException {
    if (tokenFile.isPresent()) {
      Path file = surroundings.directory().resolve(tokenFile.get());
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    }
    Optional<String> known = Optional.ofNullable(surroundings.environment().get(TOKEN));
    if (known.isPresent() || tokenId.isPresent()) {
      return tokenId.isPresent() ? Optional.empty() : known.map(String::strip);
    }
    return surroundings.terminal().askSecret("Token of the request (Enter for none): ");
  }

  private static void show(Surroundings surroundings, JsonNode explanation) {
    Table steps = new Table(surroundings, "step", "outcome", "reason", "detail");
    explanation.path("steps").forEach(steps::add);
    steps.print();
    surroundings.out().println();
    JsonNode rest =
        explanation instanceof ObjectNode object ? object.deepCopy().without("steps") : explanation;
    Table.ofOne(surroundings, rest);
  }
}
