package dev.portcullis.gateway.cli;

import java.io.PrintWriter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The check of the whole audit trail, part after part. */
final class AuditVerification {
  private final Surroundings surroundings;
  private final Progress progress;
  private final boolean json;
  private final ArrayNode problems = ControlClient.JSON.createArrayNode();
  private String through = "";
  private long verified;
  private long total;

  AuditVerification(Surroundings surroundings, Progress progress, boolean json) {
    this.surroundings = surroundings;
    this.progress = progress;
    this.json = json;
  }

  /** Asks for one part after the other, tells what was found, and gives the exit code. */
  int verify(ControlClient client, String path) {
    Optional<String> cursor = Optional.empty();
    while (true) {
      switch (client.get(path + new Query().add("cursor", cursor))) {
        case Reply.Done(JsonNode part) -> {
          note(part);
          Optional<String> next = Pages.next(part);
          if (next.isEmpty()) {
            return end();
          }
          if (next.equals(cursor)) {
            return failed(
                new Reply.Unreachable("the check does not go on: its next part is itself"));
          }
          cursor = next;
        }
        case Reply.Refused refused -> {
          progress.end();
          return Complaint.about(surroundings, refused);
        }
        case Reply.Unreachable unreachable -> {
          return failed(unreachable);
        }
      }
    }
  }

  private void note(JsonNode part) {
    verified += part.path("verified").asLong(0);
    total = part.path("total").asLong(0);
    through = part.path("through").asString(through);
    part.path("problems").forEach(problems::add);
    progress.expect(total);
    progress.advance(part.path("verified").asLong(0));
  }

  private int failed(Reply.Unreachable unreachable) {
    progress.end();
    return Complaint.about(surroundings, unreachable);
  }

  private int end() {
    progress.end();
    PrintWriter out = surroundings.out();
    if (json) {
      ObjectNode answer =
          ControlClient.JSON
              .createObjectNode()
              .put("verified", verified)
              .put("through", through)
              .put("total", total);
      out.println(TerminalText.json(answer.set("problems", problems)));
    } else {
      problems.forEach(
          problem ->
              out.println(
                  TerminalText.of(problem.path("id"))
                      + ": "
                      + TerminalText.of(problem.path("detail"))));
      out.println(
          "verified "
              + verified
              + " entries"
              + (through.isEmpty() ? "" : ", through " + TerminalText.whole(through))
              + (problems.isEmpty() ? "; nothing is amiss" : "; " + problems.size() + " amiss"));
    }
    out.flush();
    return problems.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
  }
}
