package dev.portcullis.gateway.cli;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Some lines of an import, sent together, and again until each is answered.
 *
 * <p>A line that was taken and is sent again is answered with {@code exists}.
 */
final class ImportChunk {
  static final List<String> STATUSES = List.of("created", "exists", "refused", "failed");

  private static final int MOST_LINES = 1000;
  private static final int MOST_BYTES = 4 << 20;
  private static final List<Duration> PAUSES =
      IntStream.of(1, 2, 4, 8).mapToObj(Duration::ofSeconds).toList();

  private static final class Line {
    final long number;
    final byte[] bytes;
    JsonNode answer = ControlClient.JSON.missingNode();

    Line(long number, byte[] bytes) {
      this.number = number;
      this.bytes = bytes;
    }

    boolean isOpen() {
      return answer.isMissingNode() || answer.path("status").asString().equals("failed");
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private int size;

  /** Whether the line was not taken over. */
  static boolean isTrouble(String status) {
    return status.equals("refused") || status.equals("failed");
  }

  /** Adds a line; an empty one is passed over, and one that is too long is not sent. */
  void add(long number, BoundedLines.Line text) {
    if (text.cut()) {
      refuse(number, "the line is longer than 64 KiB");
    } else if (!text.isBlank()) {
      lines.add(new Line(number, text.bytes()));
      size += text.bytes().length;
    }
  }

  private void refuse(long number, String detail) {
    Line line = new Line(number, new byte[0]);
    ObjectNode answer =
        ControlClient.JSON.createObjectNode().put("line", number).put("status", "refused");
    answer.putArray("errors").addObject().put("field", "").put("detail", detail);
    line.answer = answer;
    lines.add(line);
  }

  boolean isFull() {
    return lines.size() >= MOST_LINES || size >= MOST_BYTES;
  }

  /** Sends what is open, some times; done when each line has its answer. */
  Reply send(ControlClient client, String path, Pace pace) {
    Reply reply = attempt(client, path);
    for (Duration pause : PAUSES) {
      boolean hopeless = reply instanceof Reply.Refused(int status, JsonNode _) && status < 500;
      if (hopeless || lines.stream().noneMatch(Line::isOpen)) {
        break;
      }
      pace.pause(pause);
      reply = attempt(client, path);
    }
    return lines.stream().anyMatch(line -> line.answer.isMissingNode())
        ? reply
        : new Reply.Done(ControlClient.JSON.missingNode());
  }

  private Reply attempt(ControlClient client, String path) {
    List<Line> open = lines.stream().filter(Line::isOpen).toList();
    if (open.isEmpty()) {
      return new Reply.Done(ControlClient.JSON.missingNode());
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream(size + open.size());
    for (Line line : open) {
      body.writeBytes(line.bytes);
      body.write('\n');
    }
    Reply reply = client.exchangeLines(path, body.toByteArray(), text -> take(open, text));
    boolean unanswered = open.stream().anyMatch(line -> line.answer.isMissingNode());
    return reply instanceof Reply.Done && unanswered
        ? new Reply.Unreachable("the control plane did not answer every line")
        : reply;
  }

  /** An answer counts the lines that were sent; here it gets the number in the whole file. */
  private static void take(List<Line> sent, String text) {
    if (!(parsed(text) instanceof ObjectNode answer)) {
      return;
    }
    long number = answer.path("line").asLong(0);
    if (number >= 1
        && number <= sent.size()
        && STATUSES.contains(answer.path("status").asString(""))) {
      Line line = sent.get((int) number - 1);
      line.answer = answer.put("line", line.number);
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return ControlClient.JSON.readTree(text);
    } catch (JacksonException e) {
      return ControlClient.JSON.missingNode();
    }
  }

  /** Gives the answers to the report, in the order of the lines; and is empty. */
  void tell(ImportReport report) {
    lines.stream()
        .filter(line -> !line.answer.isMissingNode())
        .forEach(line -> report.add(line.answer));
    lines.clear();
    size = 0;
  }
}
