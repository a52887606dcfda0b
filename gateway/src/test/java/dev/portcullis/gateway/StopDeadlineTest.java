package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopDeadlineTest {

  /** A program whose stop waits for ever, or for nothing. */
  static final class Program {
    public static void main(String[] args) {
      StopDeadline.set(Duration.ofMillis(300));
      if (args[0].equals("hangs")) {
        Runtime.getRuntime().addShutdownHook(new Thread(Program::hang));
      }
    }

    private static void hang() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static int exitCode(String how) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                how)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void endsAProgramThatCannotStop() throws Exception {
    assertThat(exitCode("hangs")).isEqualTo(143);
  }

  @Test
  void doesNotTouchAProgramThatStops() throws Exception {
    assertThat(exitCode("stops")).isZero();
  }
}
