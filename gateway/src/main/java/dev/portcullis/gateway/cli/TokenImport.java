package dev.portcullis.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code portcullis token import}: takes over the tokens of another system, by their hashes. */
@Command(
    name = "import",
    description = {
      "Takes over tokens of another system by their SHA-256: one JSON object a line.",
      "Safe to run again: what is known already is left as it is."
    },
    mixinStandardHelpOptions = true)
final class TokenImport implements Callable<Integer> {
  private static final String PATH = "/v1/tokens/import";
  private static final int LONGEST_LINE = 64 << 10;
  private static final String AGAIN = "then run it again: what is known already is left as it is";

  private final Surroundings surroundings;
  @Mixin private final Connection connection = new Connection();
  @Mixin private final Progress.Quiet quiet = new Progress.Quiet();

  @Parameters(paramLabel = "FILE", description = "The lines; - for the standard input.")
  private String file = "";

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Keeps the answer to each line, in a new file that only you may read.")
  private Optional<Path> reportFile = Optional.empty();

  TokenImport(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return connection.with(surroundings, this::importAll);
  }

  private int importAll(ControlClient client) {
    try (InputStream in = open();
        Progress progress = quiet.start(surroundings, "importing", count())) {
      ImportReport report =
          ImportReport.open(progress, reportFile.map(surroundings.directory()::resolve));
      Reply reply;
      try (report) {
        reply = sendAll(client, in, report);
      }
      progress.end();
      return told(reply, report);
    } catch (FileAlreadyExistsException e) {
      return Complaint.ofFile(
          surroundings, e.getMessage() + " is there already", "name another file for --report");
    } catch (NoSuchFileException e) {
      return Complaint.ofFile(
          surroundings, "there is no " + e.getMessage(), "name a file of JSON lines, or -");
    } catch (IOException | UncheckedIOException e) {
      return Complaint.ofFile(surroundings, e, AGAIN);
    }
  }

  private InputStream open() throws IOException {
    return file.equals("-") ? surroundings.in() : Files.newInputStream(path());
  }

  private Path path() {
    return surroundings.directory().resolve(file);
  }

  /** How many lines there are; 0 where they can be read only once. */
  private long count() throws IOException {
    if (file.equals("-") || !Files.isRegularFile(path())) {
      return 0;
    }
    long count = 0;
    try (InputStream in = Files.newInputStream(path())) {
      byte[] buffer = new byte[LONGEST_LINE];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          count += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return count;
  }

  private Reply sendAll(ControlClient client, InputStream in, ImportReport report)
      throws IOException {
    BoundedLines lines = new BoundedLines(in, LONGEST_LINE);
    ImportChunk chunk = new ImportChunk();
    long number = 0;
    Optional<BoundedLines.Line> line;
    do {
      line = lines.next();
      number++;
      if (line.isPresent()) {
        chunk.add(number, line.get());
      }
      if (chunk.isFull() || line.isEmpty()) {
        Reply reply = chunk.send(client, PATH, surroundings.pace());
        chunk.tell(report);
        if (!(reply instanceof Reply.Done)) {
          return reply;
        }
      }
    } while (line.isPresent());
    return new Reply.Done(ControlClient.JSON.missingNode());
  }

  private int told(Reply reply, ImportReport report) {
    ObjectNode totals = report.totals();
    surroundings
        .out()
        .println(connection.json ? TerminalText.json(totals) : TerminalText.of(totals));
    return switch (reply) {
      case Reply.Done _ -> report.allWell() ? ExitCode.OK : ExitCode.REFUSED;
      case Reply.Refused refused -> again(Complaint.about(surroundings, refused));
      case Reply.Unreachable lost -> again(Complaint.about(surroundings, lost));
    };
  }

  private int again(int exitCode) {
    surroundings.err().println("  next: " + AGAIN);
    return exitCode;
  }
}
