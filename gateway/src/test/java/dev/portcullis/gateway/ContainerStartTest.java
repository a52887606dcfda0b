package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.redis.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The gateway as the Kubernetes manifests start it, on volumes as a kubelet makes them. */
@Execution(ExecutionMode.CONCURRENT)
class ContainerStartTest {
  @TempDir Path directory;

  @Test
  void servesByMountedSecretsAnswersEveryProbeAndFollowsAChangedConfigMap() throws Exception {
    try (RedisProcess redis = RedisProcess.start(directory)) {
      Path secrets = Files.createDirectories(directory.resolve("secrets"));
      mount(
          secrets,
          "1",
          Map.of(
              "portcullis.redis.uri", redis.uri() + "\n",
              "portcullis.pepper.ring.p1", GatewayProcess.PEPPER,
              "portcullis.control.operator-token", GatewayProcess.OPERATOR_TOKEN + "\n"));
      Path policies = Files.createDirectories(directory.resolve("policies"));
      mount(policies, "1", Map.of("example.yaml", policy("/first")));
      List<String> arguments =
          KubernetesManifests.container().getArgs().stream()
              .map(it -> it.replace(KubernetesManifests.mount("secrets"), secrets.toString()))
              .map(it -> it.replace(KubernetesManifests.mount("policies"), policies.toString()))
              .toList();
      try (GatewayProcess gateway =
          GatewayProcess.start(directory, arguments.toArray(String[]::new))) {
        for (String path : KubernetesManifests.askedPaths()) {
          assertThat(gateway.get(gateway.control(path)).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(
                gateway
                    .post("/v1/principals", "{\"id\":\"ada\",\"kind\":\"user\",\"scopes\":[]}")
                    .isObject())
            .isTrue();
        assertThat(gateway.get(gateway.data("/second")).statusCode()).isEqualTo(404);
        mount(policies, "2", Map.of("example.yaml", policy("/second")));
        await()
            .untilAsserted(
                () -> assertThat(gateway.get(gateway.data("/second")).statusCode()).isEqualTo(502));
        assertThat(gateway.get(gateway.data("/first")).statusCode()).isEqualTo(404);
        assertThat(gateway.output())
            .doesNotContain(
                GatewayProcess.OPERATOR_TOKEN, GatewayProcess.PEPPER, RedisProcess.PASSWORD);
      }
    }
  }

  private static String policy(String path) {
    return """
    api: example
    upstream: http://127.0.0.1:1
    routes:
      - match: GET %s
        public: true
    """
        .formatted(path);
  }

  /** Files that are links into a directory that is a link itself, which is replaced in one step. */
  private static void mount(Path volume, String version, Map<String, String> files)
      throws IOException {
    Path fresh = Files.createDirectories(volume.resolve(".." + version));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(fresh.resolve(file.getKey()), file.getValue());
    }
    Path link = Files.createSymbolicLink(volume.resolve("..data_tmp"), fresh.getFileName());
    Files.move(link, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    for (String name : files.keySet()) {
      Path visible = volume.resolve(name);
      if (!Files.isSymbolicLink(visible)) {
        Files.createSymbolicLink(visible, Path.of("..data", name));
      }
    }
  }
}
