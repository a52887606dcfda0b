package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.PolicyReader;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class KubernetesManifestsTest {
  private static final Map<String, String> SETTINGS =
      OperationsFiles.settings(KubernetesManifests.container().getArgs());

  static List<String> applied() {
    return KubernetesManifests.applied();
  }

  @ParameterizedTest
  @MethodSource("applied")
  void everyObjectHasOnlyMembersThatThereAre(String file) {
    assertThat(KubernetesManifests.objects(file)).isNotEmpty();
  }

  @Test
  void aMemberThatThereIsNotIsNoticed() {
    JsonNode deployment = KubernetesManifests.documents("deployment.yaml").getFirst();
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0/livenessProbe"))
        .put("failureTreshold", 3);
    assertThatThrownBy(() -> KubernetesManifests.read(deployment))
        .hasMessageContaining("failureTreshold");
  }

  @Test
  void everyFileIsAppliedOrOfferedInTheKustomization() throws IOException {
    String kustomization = OperationsFiles.text("kubernetes/kustomization.yaml");
    try (Stream<Path> files = Files.list(OperationsFiles.path("kubernetes"))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .filteredOn(file -> !file.equals("kustomization.yaml"))
          .containsAll(applied())
          .allMatch(file -> kustomization.contains("- " + file), "in " + kustomization);
    }
  }

  @Test
  void everySettingIsOneOfTheGateways() {
    OperationsFiles.areKnown(SETTINGS);
  }

  @Test
  void theSecretsThatTheCommandMakesAreAllThatTheGatewayAsksFor() {
    List<String> made =
        Pattern.compile(" secrets/(portcullis[^ \\n]+)")
            .matcher(OperationsFiles.text("kubernetes/kustomization.yaml"))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(made)
        .containsExactlyInAnyOrder(
            "portcullis.redis.uri",
            "portcullis.pepper.ring." + SETTINGS.get("portcullis.pepper.current"),
            "portcullis.control.operator-token");
    assertThat(OperationsFiles.text("kubernetes/kustomization.yaml"))
        .contains(
            "secret generic "
                + KubernetesManifests.pod().getVolumes().get(1).getSecret().getSecretName());
  }

  @Test
  void nothingStandsInTheEnvironmentAndNoServicePutsItselfThere() {
    assertThat(KubernetesManifests.container().getEnv()).isEmpty();
    assertThat(KubernetesManifests.container().getEnvFrom()).isEmpty();
    assertThat(KubernetesManifests.pod().getEnableServiceLinks()).isFalse();
  }

  @Test
  void thePortsAreTheGateways() throws IOException {
    JsonNode configuration =
        new YAMLMapper().readTree(Files.readString(Path.of("src/main/resources/application.yaml")));
    assertThat(KubernetesManifests.port("http"))
        .isEqualTo(configuration.at("/server/port").asInt());
    assertThat(KubernetesManifests.port("control"))
        .isEqualTo(OperationsFiles.DEFAULTS.control().port());
    assertThat(KubernetesManifests.annotation("prometheus.io/port"))
        .isEqualTo(Integer.toString(OperationsFiles.DEFAULTS.control().port()));
  }

  @Test
  void theSettingsNameWhatIsMounted() {
    assertThat(SETTINGS.get("portcullis.policies"))
        .isEqualTo(KubernetesManifests.mount("policies"));
    assertThat(SETTINGS.get("spring.config.import"))
        .isEqualTo("configtree:" + KubernetesManifests.mount("secrets") + "/");
    assertThat(KubernetesManifests.container().getVolumeMounts())
        .allMatch(mount -> mount.getSubPath() == null)
        .extracting("name")
        .containsExactlyElementsOf(
            KubernetesManifests.pod().getVolumes().stream().map(it -> it.getName()).toList());
    assertThat(KubernetesManifests.pod().getVolumes().getFirst().getConfigMap().getName())
        .isEqualTo(KubernetesManifests.kustomization().at("/configMapGenerator/0/name").asString());
  }

  @Test
  void theShippedPolicyIsSound() {
    assertThat(PolicyReader.readDirectory(OperationsFiles.path("kubernetes/policies")))
        .isInstanceOfSatisfying(
            PolicyReader.Read.class, read -> assertThat(read.warnings()).isEmpty());
  }

  @Test
  void theControlServiceIsANameThatTheControlPlaneAnswersTo() {
    assertThat(KubernetesManifests.all(Service.class).map(it -> it.getMetadata().getName()))
        .contains(SETTINGS.get("portcullis.control.hosts"));
  }

  @Test
  void theGraceIsLongerThanAStopCanTake() {
    long preStop =
        KubernetesManifests.container().getLifecycle().getPreStop().getSleep().getSeconds();
    assertThat(Duration.ofSeconds(KubernetesManifests.pod().getTerminationGracePeriodSeconds()))
        .isGreaterThan(StopDeadline.DEFAULT.plusSeconds(preStop));
  }

  @Test
  void theImagesUserIsThePodsAndMayDoNothing() {
    PodSpec pod = KubernetesManifests.pod();
    assertThat(OperationsFiles.text("docker/Dockerfile"))
        .contains(
            "\nUSER %d:%d\n"
                .formatted(
                    pod.getSecurityContext().getRunAsUser(),
                    pod.getSecurityContext().getRunAsGroup()));
    assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
    assertThat(pod.getSecurityContext().getFsGroup())
        .isEqualTo(pod.getSecurityContext().getRunAsGroup());
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    var container = KubernetesManifests.container().getSecurityContext();
    assertThat(container.getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
  }
}
