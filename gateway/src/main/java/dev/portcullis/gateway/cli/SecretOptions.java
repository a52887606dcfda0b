package dev.portcullis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a new secret is asked for, once, and handed over. */
final class SecretOptions {
  @Option(
      names = "--save",
      description =
          "Keep the secret in APIKey-<name>-<created date>.key, which only you may read, and do not"
              + " show it.")
  boolean save;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description =
          "Asked again with the same key, the same secret is shown and none is made."
              + " Default: a random one.")
  Optional<String> idempotencyKey = Optional.empty();

  /** Asks, again where the answer was lost, shows what there is now, and gives the exit code. */
  int ask(Surroundings surroundings, Connection connection, String path, JsonNode body) {
    String key = idempotencyKey.orElseGet(() -> UUID.randomUUID().toString());
    if (!key.matches("[!-~]{1,255}")) {
      return Complaint.ofUsage(
          surroundings, "--idempotency-key is 1 to 255 visible ASCII characters");
    }
    return connection.with(
        surroundings,
        client -> {
          Reply reply = client.postOnce(path, body, key);
          if (isLost(reply)) {
            surroundings.pace().pause(Duration.ofSeconds(1));
            reply = client.postOnce(path, body, key);
          }
          int exitCode = show(surroundings, connection, reply);
          if (isLost(reply)) {
            surroundings
                .err()
                .println(
                    "  next: it may have been made; the same command with --idempotency-key "
                        + key
                        + " shows it, or makes it");
          }
          return exitCode;
        });
  }

  private static boolean isLost(Reply reply) {
    return switch (reply) {
      case Reply.Done _ -> false;
      case Reply.Refused(int status, JsonNode _) -> status == 503;
      case Reply.Unreachable _ -> true;
    };
  }

  private int show(Surroundings surroundings, Connection connection, Reply reply) {
    if (!save || !(reply instanceof Reply.Done(ObjectNode created))) {
      return connection.show(surroundings, reply, SecretOptions::showWithSecret);
    }
    return switch (KeyFile.save(surroundings.directory(), created)) {
      case KeyFile.Saved(Path path) -> {
        Reply rest = new Reply.Done(created.deepCopy().without("secret").without("secretKey"));
        int exitCode = connection.show(surroundings, rest, SecretOptions::showWithoutSecret);
        surroundings.err().println("the secret is in " + path);
        yield exitCode;
      }
      case KeyFile.NotSaved(String cause) -> {
        connection.show(surroundings, reply, SecretOptions::showWithSecret);
        yield Complaint.ofFile(
            surroundings,
            "the secret could not be saved: " + cause,
            "keep what is shown above in a safe place; it is not shown again");
      }
    };
  }

  private static void showWithoutSecret(Surroundings surroundings, JsonNode created) {
    TokenTable.showOne(surroundings, created.path("token"));
  }

  private static void showWithSecret(Surroundings surroundings, JsonNode created) {
    showWithoutSecret(surroundings, created);
    PrintWriter out = surroundings.out();
    out.println();
    if (created.has("storedAs")) {
      out.println("The secret was put in a parameter, and is not shown:");
      out.println();
      out.println("  access key  " + TerminalText.whole(created.path("accessKey").asString("-")));
      out.println("  parameter   " + TerminalText.whole(created.path("storedAs").asString("-")));
      out.flush();
      return;
    }
    out.println("The secret, which is shown only this once:");
    out.println();
    if (created.has("secretKey")) {
      out.println("  access key  " + TerminalText.whole(created.path("accessKey").asString("-")));
      out.println("  secret key  " + TerminalText.whole(created.path("secretKey").asString("-")));
    } else {
      out.println("  " + TerminalText.whole(created.path("secret").asString("-")));
    }
    out.flush();
  }
}
