package dev.portcullis.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program with which documents show how to call an API, wherever this machine has it.
 *
 * @param command what runs the file that is given to it
 * @param file what that is called
 * @param probe a script that ends well where all that the document's needs is there
 */
record ClientProgram(List<String> command, String file, String probe) {
  private static final int PATIENCE_SECONDS = 60;

  /** Where npm and Debian keep the modules that are there for everybody. */
  private static final List<Path> MODULES =
      List.of(
          Path.of("/usr/share/nodejs"),
          Path.of("/usr/lib/node_modules"),
          Path.of("/usr/local/lib/node_modules"));

  /** A shell with curl. */
  static ClientProgram curl() {
    return new ClientProgram(List.of("sh"), "snippet.sh", "curl --version");
  }

  /** Node.js with axios. */
  static ClientProgram node() {
    return new ClientProgram(
        List.of("node", "--preserve-symlinks", "--preserve-symlinks-main"),
        "snippet.mjs",
        "import axios from 'axios'; axios.get;");
  }

  /** Python with requests. */
  static List<ClientProgram> pythons() {
    return Stream.of("python3", "/usr/bin/python3")
        .map(program -> new ClientProgram(List.of(program), "snippet.py", "import requests"))
        .toList();
  }

  /**
   * Runs the script with the first of these programs that can, and gives what it printed; the test
   * is skipped where none can, unless {@code PORTCULLIS_CLIENTS=required}.
   */
  static String run(List<ClientProgram> programs, Path directory, String script) {
    for (ClientProgram program : programs) {
      if (program.execute(directory, program.probe).exitCode() == 0) {
        Run run = program.execute(directory, script);
        assertThat(run.exitCode()).as(run.output()).isZero();
        return run.output();
      }
    }
    Program.required(false, "PORTCULLIS_CLIENTS", "any of " + programs);
    return "";
  }

  private record Run(int exitCode, String output) {}

  private Run execute(Path directory, String script) {
    try {
      Path output = Files.createTempFile(directory, "output", ".txt");
      Files.writeString(directory.resolve(file), script);
      linkModules(directory);
      Process process =
          new ProcessBuilder(Stream.concat(command.stream(), Stream.of(file)).toList())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Run(-1, "no end after " + PATIENCE_SECONDS + " s");
      }
      return new Run(process.exitValue(), Files.readString(output, UTF_8));
    } catch (IOException e) {
      return new Run(-1, e.toString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An import of Node.js looks in no other place than beside the script and above. */
  private static void linkModules(Path directory) {
    Path link = directory.resolve("node_modules");
    MODULES.stream()
        .filter(modules -> Files.isDirectory(modules.resolve("axios")) && !Files.exists(link))
        .forEach(
            modules -> {
              try {
                Files.createSymbolicLink(link, modules);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
