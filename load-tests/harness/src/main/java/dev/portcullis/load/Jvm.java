package dev.portcullis.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of Java processes: the same runtime and flags for all, so they compare. */
final class Jvm {
  static final List<String> FLAGS =
      List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders");

  private Jvm() {}

  /** Runs the main class of a jar. */
  static List<String> jar(Path jar, List<String> arguments) {
    return jar(FLAGS, jar, arguments);
  }

  /** Runs the main class of a jar with these flags of the JVM. */
  static List<String> jar(List<String> flags, Path jar, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(flags);
    line.add("-jar");
    line.add(jar.toAbsolutePath().toString());
    line.addAll(arguments);
    return line;
  }
}
