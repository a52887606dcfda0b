package dev.portcullis.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The audit trail as JSON lines: all of it, or a failure; a file is never left with a part. */
final class AuditExport {
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final Surroundings surroundings;
  private final Progress progress;
  private long entries;

  AuditExport(Surroundings surroundings, Progress progress) {
    this.surroundings = surroundings;
    this.progress = progress;
  }

  /** Writes the answer to a new file, or to {@code out}, and gives the exit code. */
  int export(ControlClient client, String path, Optional<Path> file) {
    if (file.isEmpty()) {
      Reply reply =
          take(client, path, line -> surroundings.out().println(TerminalText.escaped(line)));
      return surroundings.out().checkError()
          ? Complaint.ofFile(surroundings, "not all could be written", "see where it goes")
          : told(reply, "");
    }
    Path target = surroundings.directory().resolve(file.get());
    try {
      return toFile(client, path, target);
    } catch (FileAlreadyExistsException e) {
      return Complaint.ofFile(
          surroundings, target + " is there already", "name another file, or remove this one");
    } catch (IOException e) {
      return Complaint.ofFile(surroundings, e, "name a file where you may write");
    }
  }

  private int toFile(ControlClient client, String path, Path target) throws IOException {
    boolean whole = false;
    OutputStream out = OwnerOnlyFile.create(target);
    try {
      Reply reply;
      try (out) {
        reply = take(client, path, line -> write(out, line));
      }
      whole = reply instanceof Reply.Done;
      return told(reply, " to " + target);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      if (!whole) {
        Files.deleteIfExists(target);
      }
    }
  }

  private Reply take(ControlClient client, String path, Consumer<String> taker) {
    return client.lines(
        path,
        LineStream.NDJSON,
        "",
        SILENCE,
        line -> {
          taker.accept(line);
          entries++;
          progress.advance(1);
        });
  }

  private static void write(OutputStream out, String line) {
    try {
      out.write((line + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int told(Reply reply, String where) {
    progress.end();
    return switch (reply) {
      case Reply.Done _ -> {
        surroundings.err().println("exported " + entries + " entries" + where);
        yield ExitCode.OK;
      }
      case Reply.Refused refused -> Complaint.about(surroundings, refused);
      case Reply.Unreachable(String cause) ->
          Complaint.about(
              surroundings,
              new Reply.Unreachable(
                  cause + "; the export is not whole: it broke off after " + entries));
    };
  }
}
