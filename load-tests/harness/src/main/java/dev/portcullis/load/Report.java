package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one measurement found.
 *
 * @param machine the machine and the versions, without anything that names this one machine
 * @param notes what a reader must know to judge the numbers
 */
record Report(
    String measurement,
    Map<String, String> machine,
    List<String> notes,
    List<Figure> figures,
    List<Table> tables) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  Report {
    machine = Collections.unmodifiableMap(new TreeMap<>(machine));
    notes = List.copyOf(notes);
    figures = List.copyOf(figures);
    tables = List.copyOf(tables);
  }

  boolean met() {
    return figures.stream().allMatch(Figure::met);
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# ").append(measurement).append("\n\n");
    Table summary = Table.of("Figures", "figure", "value", "unit", "target", "verdict");
    for (Figure figure : figures) {
      summary =
          summary.with(
              figure.name(), figure.value(), figure.unit(), figure.target(), figure.verdict());
    }
    text.append(summary.markdown()).append('\n');
    notes.forEach(note -> text.append("- ").append(note).append('\n'));
    tables.forEach(table -> text.append('\n').append(table.markdown()));
    Table facts = Table.of("Machine", "fact", "value");
    for (Map.Entry<String, String> fact : machine.entrySet()) {
      facts = facts.with(fact.getKey(), fact.getValue());
    }
    return text.append('\n').append(facts.markdown()).toString();
  }

  /** Writes {@code <measurement>.json} and {@code <measurement>.md}. */
  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve(measurement + ".json"), JSON.writeValueAsString(this) + "\n");
    Files.writeString(directory.resolve(measurement + ".md"), markdown());
  }
}
