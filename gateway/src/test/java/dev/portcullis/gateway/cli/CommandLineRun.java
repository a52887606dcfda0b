package dev.portcullis.gateway.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command line somewhere, that remembers what it printed. */
final class CommandLineRun {
  private final Map<String, String> environment = new HashMap<>();
  private final Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Optional<String> typed = Optional.empty();

  CommandLineRun(Path directory) {
    this.directory = directory;
  }

  CommandLineRun against(URI control) {
    return environment("PORTCULLIS_CONTROL", control.toString());
  }

  CommandLineRun environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  CommandLineRun typing(String text) {
    typed = Optional.of(text);
    return this;
  }

  /** Runs a command, and gives its exit code. */
  int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Commands.run(
        new Surroundings(
            environment,
            directory,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            () -> typed),
        List.of(args));
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
