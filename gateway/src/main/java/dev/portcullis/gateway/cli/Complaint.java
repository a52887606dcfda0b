package dev.portcullis.gateway.cli;

import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/** What a person reads when a request was not done: why, and what to do next. */
final class Complaint {
  private Complaint() {}

  static int about(Surroundings surroundings, Reply.Refused refused) {
    PrintWriter err = surroundings.err();
    JsonNode problem = refused.problem();
    err.println(
        "portcullis: "
            + refused.status()
            + " "
            + Table.text(problem.path("title"))
            + ": "
            + Table.text(problem.path("detail")));
    for (JsonNode error : problem.path("errors")) {
      err.println("  " + Table.text(error.path("field")) + ": " + Table.text(error.path("detail")));
    }
    switch (refused.status()) {
      case 401 ->
          err.println("  next: name the file of a good operator token with --operator-token-file");
      case 403 -> err.println("  next: ask the first operator for a token with that scope");
      case 404 -> err.println("  next: look for it with 'token list' or 'principal list'");
      case 503 -> err.println("  next: see whether Redis is up, then try again");
      default -> {}
    }
    err.flush();
    return refused.status() >= 500 ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
  }

  static int about(Surroundings surroundings, Reply.Unreachable unreachable) {
    surroundings.err().println("portcullis: " + unreachable.cause());
    surroundings
        .err()
        .println(
            "  next: see whether the gateway is up, and that --control names its control plane");
    return ExitCode.UNREACHABLE;
  }
}
