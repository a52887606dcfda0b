package dev.portcullis.gateway.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The options of every command that speaks to the control plane, and the conversation itself. */
final class Connection {
  private static final String CONTROL = "PORTCULLIS_CONTROL";
  private static final String DEFAULT = "http://127.0.0.1:9090";
  private static final Pattern URL =
      Pattern.compile("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?/?");

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
    return with(surroundings, client -> show(surroundings, question.apply(client), forPeople));
  }

  /** Has a longer conversation, which gives the exit code. */
  int with(Surroundings surroundings, ToIntFunction<ControlClient> conversation) {
    String url = control.orElseGet(() -> surroundings.environment().getOrDefault(CONTROL, DEFAULT));
    if (!URL.matcher(url).matches()) {
      return Complaint.ofUsage(surroundings, "not a control plane's URL, such as " + DEFAULT);
    }
    return switch (OperatorTokenSource.find(surroundings, operatorTokenFile)) {
      case OperatorTokenSource.Missing(String message) -> Complaint.ofUsage(surroundings, message);
      case OperatorTokenSource.Found(String token) -> {
        try (ControlClient client = new ControlClient(URI.create(url), token)) {
          yield conversation.applyAsInt(client);
        }
      }
    };
  }

  /** Shows an answer, and gives the exit code. */
  int show(Surroundings surroundings, Reply reply, BiConsumer<Surroundings, JsonNode> forPeople) {
    return switch (reply) {
      case Reply.Done(JsonNode body) when json -> {
        surroundings.out().println(TerminalText.json(body));
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
