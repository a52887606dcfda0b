package dev.portcullis.gateway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Shows entries of the audit trail as they are made, and misses none when the connection breaks.
 */
final class AuditFollower {
  /** Three of the comments that are sent to show that the connection lives may be lost. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final List<String> MEMBERS =
      List.of("at", "actor", "action", "outcome", "principal", "token", "address", "detail");

  private final Surroundings surroundings;
  private final boolean json;
  private final StringBuilder data = new StringBuilder();
  private String id = "";
  private String lastId = "";
  private boolean connected;
  private Duration pause = Duration.ofSeconds(1);

  AuditFollower(Surroundings surroundings, boolean json) {
    this.surroundings = surroundings;
    this.json = json;
  }

  /** Follows for ever; gives an exit code only when it may not, never could, or nobody reads. */
  int follow(ControlClient client, String path) {
    try {
      return followOn(client, path);
    } catch (UncheckedIOException e) {
      return ExitCode.OK;
    }
  }

  private int followOn(ControlClient client, String path) {
    while (true) {
      data.setLength(0);
      id = lastId;
      Reply reply = client.lines(path, LineStream.EVENTS, lastId, SILENCE, this::take);
      if (reply instanceof Reply.Refused refused && !(connected && passes(refused))) {
        return Complaint.about(surroundings, refused);
      }
      if (reply instanceof Reply.Unreachable unreachable && !connected) {
        return Complaint.about(surroundings, unreachable);
      }
      connected = true;
      surroundings
          .err()
          .println("the connection was lost; trying again in " + pause.toSeconds() + " s");
      surroundings.pace().pause(pause);
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
  }

  /** Whether it may be otherwise in a while. */
  private static boolean passes(Reply.Refused refused) {
    return refused.status() >= 500 || refused.status() == 429;
  }

  /** One line of an event stream (the HTML standard, section 9.2.6). */
  private void take(String line) {
    connected = true;
    pause = Duration.ofSeconds(1);
    if (line.isEmpty()) {
      show();
    } else if (line.startsWith("data:")) {
      data.append(value(line, "data:"));
    } else if (line.startsWith("id:")) {
      String given = value(line, "id:");
      id = given.matches("[!-~]{1,255}") ? given : id;
    }
  }

  private static String value(String line, String field) {
    String value = line.substring(field.length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  /** An entry whose end did not come was not seen, and is asked for again. */
  private void show() {
    if (!data.isEmpty()) {
      surroundings.out().println(text(data.toString()));
      if (surroundings.out().checkError()) {
        throw new UncheckedIOException(new IOException("nobody reads on"));
      }
      data.setLength(0);
    }
    lastId = id;
  }

  private String text(String event) {
    try {
      JsonNode entry = ControlClient.JSON.readTree(event);
      return json
          ? TerminalText.jsonLine(entry)
          : MEMBERS.stream()
              .map(member -> TerminalText.of(entry.path(member)))
              .collect(Collectors.joining("  "));
    } catch (JacksonException e) {
      return TerminalText.whole(event);
    }
  }
}
