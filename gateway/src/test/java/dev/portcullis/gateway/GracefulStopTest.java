package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.gateway.redis.RedisProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A gateway that is told to stop while requests run. */
@Execution(ExecutionMode.CONCURRENT)
class GracefulStopTest {
  private static final int SIGTERM = 143;

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch asked = new CountDownLatch(2);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private HttpServer upstream;

  @BeforeEach
  void start() throws IOException {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.setExecutor(threads);
    upstream.createContext("/late", exchange -> answer(exchange, 0));
    upstream.createContext("/half", exchange -> answer(exchange, 1));
    upstream.start();
  }

  @AfterEach
  void stop() {
    goOn.countDown();
    upstream.stop(0);
    threads.shutdownNow();
  }

  /** Answers in two halves; so many of them before the test lets it go on. */
  private void answer(HttpExchange exchange, int before) throws IOException {
    try (exchange) {
      for (int half = 0; half < 2; half++) {
        if (half == before) {
          asked.countDown();
          goOn.await();
        }
        if (half == 0) {
          exchange.sendResponseHeaders(200, 0);
        }
        OutputStream body = exchange.getResponseBody();
        body.write(("half " + half + "\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void answersWhatRunsTakesNothingNewAndSaysSo() throws Exception {
    Path policies = Files.createDirectories(directory.resolve("policies"));
    Files.writeString(
        policies.resolve("one.yaml"),
        """
        api: one
        upstream: http://127.0.0.1:%d
        routes:
          - match: GET /**
            public: true
        """
            .formatted(upstream.getAddress().getPort()));
    try (RedisProcess redis = RedisProcess.start(directory);
        GatewayProcess gateway =
            GatewayProcess.start(
                directory,
                "--portcullis.redis.uri=" + redis.uri(),
                "--portcullis.policies=" + policies,
                "--portcullis.pepper.current=p1",
                "--portcullis.pepper.ring.p1=" + GatewayProcess.PEPPER,
                "--portcullis.control.operator-token=" + GatewayProcess.OPERATOR_TOKEN)) {
      CompletableFuture<HttpResponse<String>> late = get(gateway, "/late");
      CompletableFuture<HttpResponse<String>> half = get(gateway, "/half");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

      gateway.terminate();
      await().until(() -> control(gateway, "/actuator/health/readiness").statusCode() == 503);
      assertThat(control(gateway, "/actuator/health").body()).contains("OUT_OF_SERVICE");
      assertThat(control(gateway, "/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(control(gateway, "/v1/status").body()).contains("\"state\":\"stopping\"");
      await().until(() -> isRefused(gateway.data("/")));
      assertThat(late).isNotDone();
      assertThat(half).isNotDone();

      goOn.countDown();
      assertThat(late.get(10, TimeUnit.SECONDS).body()).isEqualTo("half 0\nhalf 1\n");
      assertThat(half.get(10, TimeUnit.SECONDS).body()).isEqualTo("half 0\nhalf 1\n");
      long began = System.nanoTime();
      assertThat(gateway.exitCode()).isEqualTo(SIGTERM);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(StopDeadline.DEFAULT);
      assertThat(gateway.output()).doesNotContain("stopping took longer");
    }
  }

  private CompletableFuture<HttpResponse<String>> get(GatewayProcess gateway, String path) {
    return CompletableFuture.supplyAsync(() -> gateway.get(gateway.data(path)), threads);
  }

  private static HttpResponse<String> control(GatewayProcess gateway, String path) {
    return gateway.get(
        gateway.control(path), "Authorization", "Bearer " + GatewayProcess.OPERATOR_TOKEN);
  }

  private static boolean isRefused(URI uri) throws IOException {
    try (Socket _ = new Socket(uri.getHost(), uri.getPort())) {
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }
}
