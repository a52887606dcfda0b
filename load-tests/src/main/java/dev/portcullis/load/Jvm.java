package dev.portcullis.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of Java processes: the same runtime and flags for all, so they compare. */
final class Jvm {
  static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

  private Jvm() {}

  /** Runs the main class of a jar. */
  static List<String> jar(Path jar, List<String> arguments) {
    return command(List.of("-jar", jar.toAbsolutePath().toString()), arguments);
  }

  /** Runs this main class of the harness's own packaged jar. */
  static List<String> own(Class<?> main, List<String> arguments) {
    return command(
        List.of(
            "-cp",
            Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString(),
            "-Dloader.main=" + main.getName(),
            "org.springframework.boot.loader.launch.PropertiesLauncher"),
        arguments);
  }

  private static List<String> command(List<String> program, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(FLAGS);
    line.addAll(program);
    line.addAll(arguments);
    return line;
  }
}
