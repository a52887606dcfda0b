package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.cli.CommandLineRun;
import dev.portcullis.gateway.redis.RedisProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What probes, anonymous callers and operators are told while Redis comes and goes. */
@Execution(ExecutionMode.CONCURRENT)
class HealthLifeTest {
  private static final String POLICY =
      """
      api: one
      upstream: http://127.0.0.1:1
      credentials: [bearer]
      email: optional
      routes:
        - match: GET /one
          scopes: []
      """;

  @TempDir Path directory;

  @Test
  void isUnreadyUntilRedisWasReachedAndDegradedWhereItGoes() throws IOException {
    Path policies = Files.createDirectories(directory.resolve("policies"));
    Files.writeString(policies.resolve("one.yaml"), POLICY);
    try (RedisProcess redis = RedisProcess.start(directory)) {
      redis.kill();
      try (GatewayProcess gateway =
          GatewayProcess.launch(
              directory,
              "--portcullis.redis.uri=" + redis.uri(),
              "--portcullis.policies=" + policies,
              "--portcullis.policies-interval=50ms",
              "--portcullis.pepper.current=p1",
              "--portcullis.pepper.ring.p1=" + GatewayProcess.PEPPER,
              "--portcullis.control.operator-token=" + GatewayProcess.OPERATOR_TOKEN)) {
        await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> gateway.output().contains("Started Portcullis"));
        assertIs(gateway, 503, "OUT_OF_SERVICE", 503, "starting", 1);
        assertThat(status(gateway, 1)).containsPattern("store +down .* not reached yet: ");

        redis.resume();
        await().until(() -> readiness(gateway) == 200);
        assertIs(gateway, 200, "UP", 200, "serving", 0);

        redis.kill();
        await().until(() -> health(gateway).body().contains("DEGRADED"));
        assertIs(gateway, 200, "DEGRADED", 200, "degraded", 1);
        assertThat(status(gateway, 1))
            .containsPattern("store +degraded .* gone: ")
            .containsPattern("invalidation +degraded ");

        redis.resume();
        await().until(() -> health(gateway).body().contains("UP"));
        Files.writeString(policies.resolve("one.yaml"), "api: [");
        await().until(() -> health(gateway).body().contains("DEGRADED"));
        assertIs(gateway, 200, "DEGRADED", 200, "degraded", 1);
        assertThat(metrics(gateway)).contains("portcullis_policy_current 0.0\n");
        assertThat(status(gateway, 1)).contains("is not in force:\n  ").contains("one.yaml:1: ");

        Files.writeString(policies.resolve("one.yaml"), POLICY);
        await().until(() -> health(gateway).body().contains("UP"));
        assertIs(gateway, 200, "UP", 200, "serving", 0);
        assertThat(metrics(gateway)).contains("portcullis_policy_current 1.0\n");
      }
    }
  }

  /** That all of them say the same, and that nobody but the operator is told more. */
  private void assertIs(
      GatewayProcess gateway, int code, String word, int readiness, String state, int exitCode) {
    HttpResponse<String> health = health(gateway);
    assertThat(health.statusCode()).isEqualTo(code);
    assertThat(health.body())
        .isEqualTo("{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"" + word + "\"}");
    assertThat(readiness(gateway)).isEqualTo(readiness);
    HttpResponse<String> liveness = get(gateway, "/actuator/health/liveness");
    assertThat(liveness.statusCode()).isEqualTo(200);
    assertThat(liveness.body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(get(gateway, "/actuator/health/gateway").statusCode()).isEqualTo(404);
    assertThat(get(gateway, "/v1/status").statusCode()).isEqualTo(401);
    assertThat(status(gateway, exitCode)).startsWith(state + " for ");
  }

  private String status(GatewayProcess gateway, int exitCode) {
    CommandLineRun line =
        new CommandLineRun(directory)
            .against(URI.create("http://127.0.0.1:" + gateway.control("/").getPort()))
            .environment("PORTCULLIS_OPERATOR_TOKEN", GatewayProcess.OPERATOR_TOKEN);
    assertThat(line.run("status")).as(line.out() + line.err()).isEqualTo(exitCode);
    return line.out();
  }

  private static String metrics(GatewayProcess gateway) {
    return get(gateway, "/actuator/prometheus").body();
  }

  private static int readiness(GatewayProcess gateway) {
    return get(gateway, "/actuator/health/readiness").statusCode();
  }

  private static HttpResponse<String> health(GatewayProcess gateway) {
    return get(gateway, "/actuator/health");
  }

  private static HttpResponse<String> get(GatewayProcess gateway, String path) {
    return gateway.get(gateway.control(path));
  }
}
