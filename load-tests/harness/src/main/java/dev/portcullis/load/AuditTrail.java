package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The audit trail of a gateway, as an operator reads and checks it over HTTP. */
final class AuditTrail {
  private static final int ATTEMPTS = 5;

  private final OperatorConnection connection;

  AuditTrail(OperatorConnection connection) {
    this.connection = connection;
  }

  /**
   * What the gateway found when it checked the whole trail.
   *
   * @param verified entries that were looked at
   * @param total entries there are
   */
  record Check(long verified, long total, List<String> problems) {}

  /** Has all of it checked. */
  Check verify() throws IOException {
    long verified = 0;
    List<String> problems = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonNode part =
          ask("/v1/audit/verify?limit=1000" + (cursor.isEmpty() ? "" : "&cursor=" + cursor), false)
              .json();
      verified += part.path("verified").asLong();
      part.path("problems").forEach(problem -> problems.add(problem.toString()));
      JsonNode next = part.path("next");
      if (next.isNull()) {
        return new Check(verified, part.path("total").asLong(), problems);
      }
      cursor = next.asString();
    }
  }

  /** All entries of what was done, in order; with this action where it is not empty. */
  List<AuditEntry> entries(String action) throws IOException {
    String query = "?outcome=done" + (action.isEmpty() ? "" : "&action=" + action);
    return ask("/v1/audit" + query, true).body().lines().map(AuditEntry::read).toList();
  }

  private Answer ask(String path, boolean lines) throws IOException {
    Answer answer = Answer.NONE;
    for (int i = 0; i < ATTEMPTS && !answer.acknowledged(); i++) {
      answer = lines ? connection.lines(path) : connection.get(path);
    }
    if (!answer.acknowledged()) {
      throw new IOException(path + " gave " + answer.status());
    }
    return answer;
  }
}
