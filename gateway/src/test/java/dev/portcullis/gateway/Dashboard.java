package dev.portcullis.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dashboard of the shipped ones.
 *
 * @param file its file's name
 * @param json what Grafana is given
 */
record Dashboard(String file, JsonNode json) {
  private static final Path DIRECTORY = Path.of("ops", "grafana");

  /**
   * A panel.
   *
   * @param name what to call it in a message
   */
  record Panel(String name, JsonNode json) {
    List<Target> targets() {
      return json.path("targets").valueStream().map(it -> new Target(this, it)).toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A query of a panel. */
  record Target(Panel panel, JsonNode json) {
    String query() {
      return json.path("expr").asString();
    }

    String legend() {
      return json.path("legendFormat").asString();
    }

    /** Whether the panel shows one moment, and not a range. */
    boolean isInstant() {
      return json.path("instant").asBoolean(false);
    }

    /** What the panel is called, and which of its queries this is. */
    String name() {
      return panel.name + " " + json.path("refId").asString();
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** All that are shipped. */
  static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(file -> new Dashboard(file.getFileName().toString(), read(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    return new JsonMapper().readTree(file.toFile());
  }

  /** Its panels, rows left out. */
  List<Panel> panels() {
    return json.path("panels")
        .valueStream()
        .filter(it -> !it.path("type").asString().equals("row"))
        .map(it -> new Panel(file + ": " + it.path("title").asString(), it))
        .toList();
  }

  List<Target> targets() {
    return panels().stream().flatMap(panel -> panel.targets().stream()).toList();
  }

  /** The queries of its variables that ask for the values of a label. */
  List<String> variables() {
    return json.path("templating")
        .path("list")
        .valueStream()
        .filter(it -> it.path("type").asString().equals("query"))
        .map(it -> it.path("query").path("query").asString())
        .toList();
  }

  @Override
  public String toString() {
    return file;
  }
}
