package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of the operating system that the harness needs. */
enum Tool {
  WRK("wrk", "-v", "wrk"),
  NGINX("nginx", "-v", "nginx-light"),
  HAPROXY("haproxy", "-v", "haproxy");

  private static final List<String> FOLDERS =
      List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin");

  private final String command;
  private final String versionFlag;
  private final String debianPackage;

  Tool(String command, String versionFlag, String debianPackage) {
    this.command = command;
    this.versionFlag = versionFlag;
    this.debianPackage = debianPackage;
  }

  /**
   * Where it is.
   *
   * @throws Missing if it is not installed; the message says how to
   */
  Path path() throws Missing {
    return find().orElseThrow(() -> new Missing(command, debianPackage));
  }

  private Optional<Path> find() {
    String search = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(search.split(":")), FOLDERS.stream())
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The first line it prints of itself; empty where it is not installed. */
  Optional<String> version() throws IOException, InterruptedException {
    Optional<Path> path = find();
    return path.isEmpty()
        ? Optional.empty()
        : output(List.of(path.get().toString(), versionFlag))
            .lines()
            .findFirst()
            .map(String::strip);
  }

  /** Runs it to its end. Standard output and standard error, mixed. */
  String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(path().toString());
    line.addAll(arguments);
    return output(line);
  }

  /** Runs any program to its end. Standard output and standard error, mixed. */
  static String output(List<String> line) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try (var reader = process.inputReader()) {
      String text = String.join("\n", reader.lines().toList());
      process.waitFor();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
