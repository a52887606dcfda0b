package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.redis.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartWithoutStoreTest {
  @TempDir Path directory;

  @Test
  void startsUnreadyWhileRedisIsDownAndBecomesReadyAndStaysSo() throws IOException {
    Path policies = Files.createDirectories(directory.resolve("policies"));
    Files.writeString(
        policies.resolve("one.yaml"),
        """
        api: one
        upstream: http://127.0.0.1:1
        credentials: [bearer]
        email: optional
        routes:
          - match: GET /one
            scopes: []
        """);
    try (RedisProcess redis = RedisProcess.start(directory)) {
      redis.kill();
      try (GatewayProcess gateway =
          GatewayProcess.launch(
              directory,
              "--portcullis.redis.uri=" + redis.uri(),
              "--portcullis.policies=" + policies,
              "--portcullis.pepper.current=p1",
              "--portcullis.pepper.ring.p1=" + GatewayProcess.PEPPER,
              "--portcullis.control.operator-token=" + GatewayProcess.OPERATOR_TOKEN)) {
        await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> gateway.output().contains("Started Portcullis"));
        assertThat(status(gateway, "/actuator/health/readiness")).isEqualTo(503);
        assertThat(status(gateway, "/actuator/health/liveness")).isEqualTo(200);
        redis.resume();
        await().until(() -> status(gateway, "/actuator/health/readiness") == 200);
        redis.kill();
        await().until(() -> status(gateway, "/actuator/health") == 503);
        assertThat(status(gateway, "/actuator/health/readiness")).isEqualTo(200);
      }
    }
  }

  private static int status(GatewayProcess gateway, String path) {
    return gateway.get(gateway.control(path)).statusCode();
  }
}
