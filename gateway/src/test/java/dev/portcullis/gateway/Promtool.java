package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prometheus' own judge of files and metrics, where this machine has it. */
final class Promtool {
  private static final int PATIENCE_SECONDS = 60;

  private Promtool() {}

  /**
   * Skips the test where Prometheus is not installed, unless {@code
   * PORTCULLIS_PROMETHEUS=required}.
   */
  static void required() {
    Program.required("PORTCULLIS_PROMETHEUS", "prometheus", "promtool");
  }

  /** Runs it in this directory with this input; all that it says, where it is content. */
  static String run(Path directory, String input, String... arguments) {
    try {
      Path in = Files.writeString(Files.createTempFile("promtool", ".in"), input);
      Path out = Files.createTempFile("promtool", ".out");
      Process process =
          new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .start();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      String said = Files.readString(out, StandardCharsets.UTF_8);
      Files.delete(in);
      Files.delete(out);
      assertThat(process.exitValue()).as(List.of(arguments) + ": " + said).isZero();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
