package dev.portcullis.gateway.cli;

import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/** What a person reads when something was not done: why, and what to do next. */
final class Complaint {
  private Complaint() {}

  /** A request was refused. */
  static int about(Surroundings surroundings, Reply.Refused refused) {
    PrintWriter err = surroundings.err();
    JsonNode problem = refused.problem();
    err.println(
        "portcullis: "
            + refused.status()
            + " "
            + TerminalText.of(problem.path("title"))
            + ": "
            + TerminalText.of(problem.path("detail")));
    for (JsonNode error : problem.path("errors")) {
      err.println(
          "  "
              + TerminalText.of(error.path("field"))
              + ": "
              + TerminalText.of(error.path("detail")));
    }
    err.println("  next: " + next(refused.status()));
    err.flush();
    return refused.status() >= 500 ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
  }

  private static String next(int status) {
    return switch (status) {
      case 400, 422 -> "correct what is named above; 'portcullis help' tells what a command takes";
      case 401 -> "name the file of a good operator token with --operator-token-file";
      case 403 -> "ask the first operator for a token with that scope";
      case 404 -> "look for it with 'token list' or 'principal list'";
      case 409 -> "see how it stands now with 'token show' or 'principal show'";
      case 413 -> "ask for less at once";
      case 429 -> "wait as long as it says, or a moment, then try again";
      case 503 -> "see whether Redis is up, then try again";
      default ->
          status >= 500
              ? "look into the gateway's log"
              : "see that --control names the control plane of a gateway";
    };
  }

  /** There was no answer. */
  static int about(Surroundings surroundings, Reply.Unreachable unreachable) {
    surroundings.err().println("portcullis: " + TerminalText.whole(unreachable.cause()));
    surroundings
        .err()
        .println(
            "  next: see whether the gateway is up, and that --control names its control plane");
    return ExitCode.UNREACHABLE;
  }

  /** It was not asked for properly. */
  static int ofUsage(Surroundings surroundings, String message) {
    surroundings.err().println("portcullis: " + message);
    return ExitCode.USAGE;
  }

  /** A file cannot be read or written. */
  static int ofFile(Surroundings surroundings, Object why, String next) {
    surroundings.err().println("portcullis: " + TerminalText.whole(why.toString()));
    surroundings.err().println("  next: " + next);
    return ExitCode.REFUSED;
  }
}
