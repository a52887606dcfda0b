package dev.portcullis.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of each line of an import: counted, and kept in a file or shown to a person. */
final class ImportReport implements AutoCloseable {
  private static final int SHOWN = 20;

  private final Progress progress;
  private final Optional<OutputStream> file;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private long shown;
  private long more;

  private ImportReport(Progress progress, Optional<OutputStream> file) {
    this.progress = progress;
    this.file = file;
    for (String status : ImportChunk.STATUSES) {
      counts.put(status, 0L);
    }
  }

  /**
   * Opens it.
   *
   * @param path of the new file to keep it in, if any
   * @throws IOException when the file cannot be made
   */
  static ImportReport open(Progress progress, Optional<Path> path) throws IOException {
    return new ImportReport(
        progress,
        path.isPresent() ? Optional.of(OwnerOnlyFile.create(path.get())) : Optional.empty());
  }

  /** Takes the answer to one line, which has the line's number in the whole file. */
  void add(JsonNode answer) {
    String status = answer.path("status").asString();
    counts.merge(status, 1L, Long::sum);
    if (file.isPresent()) {
      write(answer);
    } else if (ImportChunk.isTrouble(status)) {
      show(answer);
    }
    progress.advance(1);
  }

  private void show(JsonNode answer) {
    if (shown == SHOWN) {
      more++;
      return;
    }
    shown++;
    StringBuilder line = new StringBuilder("line " + answer.path("line").asLong());
    line.append(" ").append(TerminalText.of(answer.path("status")));
    for (JsonNode error : answer.path("errors")) {
      String field = TerminalText.of(error.path("field"));
      line.append("; ").append(field.isEmpty() ? "" : field + ": ");
      line.append(TerminalText.of(error.path("detail")));
    }
    progress.say(TerminalText.cut(line.toString(), 1000));
  }

  private void write(JsonNode answer) {
    try {
      file.orElseThrow().write((answer + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether all that was asked for is so now. */
  boolean allWell() {
    return counts.entrySet().stream()
        .allMatch(count -> count.getValue() == 0 || !ImportChunk.isTrouble(count.getKey()));
  }

  /** How many lines had which answer. */
  ObjectNode totals() {
    ObjectNode totals = ControlClient.JSON.createObjectNode();
    counts.forEach(totals::put);
    return totals;
  }

  /** Tells what was not shown, and writes the file's end. */
  @Override
  public void close() {
    if (more > 0) {
      progress.say("and " + more + " more; --report FILE keeps all");
    }
    if (file.isPresent()) {
      try (OutputStream out = file.get()) {
        out.write((totals() + "\n").getBytes(UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
