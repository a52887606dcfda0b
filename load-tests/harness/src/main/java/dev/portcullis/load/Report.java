package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
    List<Chart> charts,
    List<Table> tables) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  Report {
    machine = Collections.unmodifiableMap(new TreeMap<>(machine));
    notes = List.copyOf(notes);
    figures = List.copyOf(figures);
    charts = List.copyOf(charts);
    tables = List.copyOf(tables);
  }

  /** A report of which nothing is to be looked at. */
  Report(
      String measurement,
      Map<String, String> machine,
      List<String> notes,
      List<Figure> figures,
      List<Table> tables) {
    this(measurement, machine, notes, figures, List.of(), tables);
  }

  /** What {@link #write} wrote, charts or not; empty where the text is another program's JSON. */
  static Optional<Report> read(String json) {
    if (!(JSON.readTree(json) instanceof ObjectNode report) || !report.has("measurement")) {
      return Optional.empty();
    }
    report.withArray("charts");
    return Optional.of(JSON.treeToValue(report, Report.class));
  }

  /** This report with these notes before its own. */
  Report with(List<String> first) {
    return new Report(
        measurement,
        machine,
        Stream.concat(first.stream(), notes.stream()).toList(),
        figures,
        charts,
        tables);
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

  /**
   * Writes {@code <measurement>.json} and {@code <measurement>.md}, and makes the page of all
   * reports in that folder anew.
   */
  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve(measurement + ".json"), JSON.writeValueAsString(this) + "\n");
    Files.writeString(directory.resolve(measurement + ".md"), markdown());
    Page.write(directory);
  }
}
