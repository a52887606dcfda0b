package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of this machine that some tests need, and the build does not. */
final class Program {
  private Program() {}

  /** Where it is on the PATH. */
  static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** As the other, where one of these is not on the PATH. */
  static void required(String variable, String... names) {
    required(Stream.of(names).allMatch(name -> onPath(name).isPresent()), variable, names);
  }

  /**
   * Skips the test where these are not there; a failure where the environment has {@code required}
   * in this variable.
   */
  static void required(boolean there, String variable, String... names) {
    String missing = "not installed: " + String.join(", ", names);
    if (!there) {
      assertThat(System.getenv(variable)).as(missing).isNotEqualTo("required");
    }
    assumeTrue(there, missing);
  }
}
