package dev.portcullis.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The Kubernetes manifests, read as strictly as an API server with strict validation would. */
final class KubernetesManifests {
  private static final String FOLDER = "kubernetes/";
  private static final YAMLMapper YAML = new YAMLMapper();

  /** The models keep members that they do not know, unless they are made to refuse them. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1/Service", Service.class,
          "v1/ServiceAccount", ServiceAccount.class,
          "apps/v1/Deployment", Deployment.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);

  private KubernetesManifests() {}

  static JsonNode kustomization() {
    return documents("kustomization.yaml").getFirst();
  }

  /** The files that are applied. */
  static List<String> applied() {
    return kustomization().path("resources").valueStream().map(JsonNode::asString).toList();
  }

  /** The documents of a file. */
  static List<JsonNode> documents(String file) {
    return YAML.readerFor(JsonNode.class)
        .<JsonNode>readValues(OperationsFiles.text(FOLDER + file))
        .readAll();
  }

  /** The objects of a file; fails at a kind or a member that there is not. */
  static List<HasMetadata> objects(String file) {
    return documents(file).stream().map(KubernetesManifests::read).toList();
  }

  static HasMetadata read(JsonNode document) {
    String kind = document.path("apiVersion").asString() + "/" + document.path("kind").asString();
    Class<? extends HasMetadata> type = KINDS.get(kind);
    if (type == null) {
      throw new IllegalArgumentException("no kind that is known here: " + kind);
    }
    try {
      return STRICT.readValue(document.toString(), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** All applied objects of a kind. */
  static <T extends HasMetadata> Stream<T> all(Class<T> kind) {
    return applied().stream()
        .flatMap(file -> objects(file).stream())
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  static PodSpec pod() {
    return deployment().getSpec().getTemplate().getSpec();
  }

  static Deployment deployment() {
    return all(Deployment.class).findFirst().orElseThrow();
  }

  static Container container() {
    return pod().getContainers().getFirst();
  }

  static int port(String name) {
    return container().getPorts().stream()
        .filter(port -> port.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getContainerPort();
  }

  /** Where this volume is mounted. */
  static String mount(String volume) {
    return container().getVolumeMounts().stream()
        .filter(mount -> mount.getName().equals(volume))
        .findFirst()
        .orElseThrow()
        .getMountPath();
  }

  /** What is asked of the control port, which {@link ContainerStartTest} holds. */
  static List<String> askedPaths() {
    return Stream.concat(
            Stream.of(annotation("prometheus.io/path")),
            probes().map(it -> it.getHttpGet().getPath()))
        .distinct()
        .toList();
  }

  /** How the kubelet asks after the container. */
  static Stream<Probe> probes() {
    return Stream.of(
        container().getStartupProbe(),
        container().getLivenessProbe(),
        container().getReadinessProbe());
  }

  /** What this annotation of the pods says. */
  static String annotation(String name) {
    return Objects.requireNonNull(
        deployment().getSpec().getTemplate().getMetadata().getAnnotations().get(name));
  }
}
