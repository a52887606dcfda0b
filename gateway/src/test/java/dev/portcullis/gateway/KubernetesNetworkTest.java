package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What reaches the pods of the Kubernetes manifests, and how. */
class KubernetesNetworkTest {
  @Test
  void everySelectorFindsThePods() {
    Map<String, String> labels =
        KubernetesManifests.deployment().getSpec().getTemplate().getMetadata().getLabels();
    assertThat(
            Stream.of(
                    Stream.of(
                        KubernetesManifests.deployment().getSpec().getSelector().getMatchLabels(),
                        KubernetesManifests.pod()
                            .getTopologySpreadConstraints()
                            .getFirst()
                            .getLabelSelector()
                            .getMatchLabels()),
                    KubernetesManifests.all(Service.class).map(it -> it.getSpec().getSelector()),
                    KubernetesManifests.all(PodDisruptionBudget.class)
                        .map(it -> it.getSpec().getSelector().getMatchLabels()),
                    KubernetesManifests.all(NetworkPolicy.class)
                        .map(it -> it.getSpec().getPodSelector().getMatchLabels()))
                .flatMap(it -> it))
        .hasSize(6)
        .allSatisfy(
            selector ->
                assertThat(labels.entrySet()).isNotEmpty().containsAll(selector.entrySet()));
  }

  @Test
  void everyPortThatIsNamedIsThePods() {
    List<String> ports =
        KubernetesManifests.container().getPorts().stream().map(it -> it.getName()).toList();
    assertThat(
            Stream.of(
                    KubernetesManifests.all(Service.class)
                        .flatMap(it -> it.getSpec().getPorts().stream())
                        .map(it -> it.getTargetPort()),
                    KubernetesManifests.all(NetworkPolicy.class)
                        .flatMap(it -> it.getSpec().getIngress().stream())
                        .flatMap(it -> it.getPorts().stream())
                        .map(it -> it.getPort()),
                    KubernetesManifests.probes().map(it -> it.getHttpGet().getPort()))
                .flatMap(it -> it)
                .map(IntOrString::getStrVal))
        .isNotEmpty()
        .isSubsetOf(ports);
  }

  @Test
  void onlyPrometheusAndOperatorsReachTheControlPort() {
    assertThat(
            KubernetesManifests.all(NetworkPolicy.class)
                .flatMap(it -> it.getSpec().getIngress().stream())
                .filter(it -> !it.getPorts().getFirst().getPort().getStrVal().equals("http")))
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.getFrom())
                    .isNotEmpty()
                    .allMatch(peer -> !peer.getPodSelector().getMatchLabels().isEmpty()));
  }

  @Test
  void theServiceMonitorScrapesAServiceThatThereIs() {
    JsonNode monitor = KubernetesManifests.documents("servicemonitor.yaml").getFirst();
    Service control =
        KubernetesManifests.all(Service.class)
            .filter(it -> it.getMetadata().getLabels().containsKey("app.kubernetes.io/component"))
            .findFirst()
            .orElseThrow();
    assertThat(monitor.at("/spec/selector/matchLabels").properties())
        .allSatisfy(
            label ->
                assertThat(control.getMetadata().getLabels())
                    .containsEntry(label.getKey(), label.getValue().asString()));
    assertThat(monitor.at("/spec/endpoints/0/port").asString())
        .isEqualTo(control.getSpec().getPorts().getFirst().getName());
    assertThat(monitor.at("/spec/endpoints/0/path").asString())
        .isEqualTo(KubernetesManifests.annotation("prometheus.io/path"));
    String job = monitor.at("/spec/jobLabel").asString();
    assertThat(OperationsFiles.text("prometheus/portcullis.rules.yml"))
        .as("the alerts go by the job that is scraped")
        .contains("up{job=\"" + control.getMetadata().getLabels().get(job) + "\"}");
  }
}
