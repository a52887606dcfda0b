package dev.portcullis.gateway;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The shipped rules for Prometheus. */
final class AlertRules {
  static final Path DIRECTORY = Path.of("ops", "prometheus");
  static final Path FILE = DIRECTORY.resolve("portcullis.rules.yml");

  /** A rule that alerts. */
  record Alert(String name, JsonNode json) {
    String annotation(String key) {
      return json.path("annotations").path(key).asString("");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private AlertRules() {}

  private static List<JsonNode> rules() {
    return new YAMLMapper()
        .readTree(FILE.toFile())
        .path("groups")
        .valueStream()
        .flatMap(group -> group.path("rules").valueStream())
        .toList();
  }

  static List<Alert> alerts() {
    return rules().stream()
        .filter(it -> it.has("alert"))
        .map(it -> new Alert(it.path("alert").asString(), it))
        .toList();
  }

  /** The names under which rules record. */
  static List<String> recorded() {
    return rules().stream()
        .filter(it -> it.has("record"))
        .map(it -> it.path("record").asString())
        .toList();
  }

  /** The queries of all rules. */
  static List<String> queries() {
    return rules().stream().map(it -> it.path("expr").asString()).toList();
  }
}
