package dev.portcullis.gateway.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The options of every command that speaks to the control plane, and the conversation itself. */
final class Connection {
  private static final String CONTROL = "PORTCULLIS_CONTROL";
  private static final String DEFAULT = "http://127.0.0.1:9090";

  @Option(
      names = "--control",
      paramLabel = "URL",
      description = "The control plane. Default: $PORTCULLIS_CONTROL, else " + DEFAULT + ".")
  Optional<String> control = Optional.empty();

  @Option(
      names = "--operator-token-file",
      paramLabel = "FILE",
      description =
          "Holds the operator token. Default: $PORTCULLIS_OPERATOR_TOKEN,"
              + " $PORTCULLIS_OPERATOR_TOKEN_FILE, data/operator-token, else you are asked.")
  Optional<Path> operatorTokenFile = Optional.empty();

  @Option(names = "--json", description = "Show the answer as JSON.")
  boolean json;

  /** Asks, shows the answer, and gives the exit code. */
  int converse(
      Surroundings surroundings,
      Function<ControlClient, Reply> question,
      BiConsumer<Surroundings, JsonNode> forPeople) {
    String url = control.orElseGet(() -> surroundings.environment().getOrDefault(CONTROL, DEFAULT));
    if (!url.matches("https?://[^/?#@]+/?")) {
      surroundings.err().println("portcullis: not a control plane's URL, such as " + DEFAULT);
      return ExitCode.USAGE;
    }
    return switch (OperatorTokenSource.find(surroundings, operatorTokenFile)) {
      case OperatorTokenSource.Missing(String message) -> {
        surroundings.err().println("portcullis: " + message);
        yield ExitCode.USAGE;
      }
      case OperatorTokenSource.Found(String token) -> {
        try (ControlClient client = new ControlClient(URI.create(url), token)) {
          yield show(surroundings, question.apply(client), forPeople);
        }
      }
    };
  }

  private int show(
      Surroundings surroundings, Reply reply, BiConsumer<Surroundings, JsonNode> forPeople) {
    return switch (reply) {
      case Reply.Done(JsonNode body) when json -> {
        surroundings.out().println(body.toPrettyString());
        yield ExitCode.OK;
      }
      case Reply.Done(JsonNode body) -> {
        forPeople.accept(surroundings, body);
        yield ExitCode.OK;
      }
      case Reply.Refused refused -> Complaint.about(surroundings, refused);
      case Reply.Unreachable unreachable -> Complaint.about(surroundings, unreachable);
    };
  }
}
