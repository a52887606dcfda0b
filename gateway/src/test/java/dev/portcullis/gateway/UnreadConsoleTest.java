package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.proxy.RawConnection;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The program before a pipe that nobody reads for a while. */
@Execution(ExecutionMode.CONCURRENT)
class UnreadConsoleTest {
  /** Two lines each: more than the pipe, the queue and what is between can hold. */
  private static final int REQUESTS = 6000;

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;

  private GatewayProcess start() {
    return GatewayProcess.startReadBy(
        new ProcessBuilder("cat"),
        directory,
        "--portcullis.access-log.enabled=true",
        "--portcullis.access-log.max-per-second=1000000",
        "--portcullis.log.refusals-per-second=1000000");
  }

  private static void flood(GatewayProcess gateway) {
    try (RawConnection connection = RawConnection.to(gateway.data("/").getPort())) {
      for (int i = 0; i < REQUESTS; i++) {
        String request = "GET /nowhere/%d HTTP/1.1\r\nHost: h\r\n\r\n".formatted(i);
        assertThat(connection.send(request).read().status()).isEqualTo(404);
      }
    }
  }

  @Test
  void goesOnAnsweringAndSaysLaterWhatIsMissing() {
    try (GatewayProcess gateway = start()) {
      gateway.signalReader("STOP");
      flood(gateway);
      assertThat(gateway.get(gateway.data("/nowhere")).statusCode()).isEqualTo(404);
      double missing = missing(gateway);
      assertThat(missing).isPositive();
      gateway.signalReader("CONT");
      await().atMost(SOON).until(() -> gateway.output().contains("lines of console were left out"));
      assertThat(gateway.get(gateway.data("/after")).statusCode()).isEqualTo(404);
      await().atMost(SOON).until(() -> gateway.output().contains("GET /after 404"));
    }
  }

  private static double missing(GatewayProcess gateway) {
    return gateway
        .get(gateway.control("/actuator/prometheus"))
        .body()
        .lines()
        .filter(line -> line.startsWith("portcullis_log_suppressed_total{log=\"console\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void endsThoughNobodyReadsWhatItHasToSay() {
    GatewayProcess gateway = start();
    gateway.signalReader("STOP");
    flood(gateway);
    long begun = System.nanoTime();
    gateway.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    gateway.signalReader("CONT");
  }
}
