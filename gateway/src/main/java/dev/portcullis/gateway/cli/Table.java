package dev.portcullis.gateway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;

/** A table of JSON objects, for people: one a line, one column for each member. */
final class Table {
  private static final String GAP = "  ";

  private final List<String> members;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table of these members. */
  Table(String... members) {
    this.members = List.of(members);
    rows.add(this.members.stream().map(m -> m.toUpperCase(Locale.ROOT)).toList());
  }

  Table add(JsonNode object) {
    rows.add(members.stream().map(member -> text(object.path(member))).toList());
    return this;
  }

  void print(PrintWriter out) {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < members.size(); column++) {
      int at = column;
      widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    String heading = line(rows.getFirst(), widths);
    out.println(Ansi.AUTO.enabled() ? "\u001b[1m" + heading + "\u001b[0m" : heading);
    rows.stream().skip(1).map(row -> line(row, widths)).forEach(out::println);
    out.flush();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      line.append(cell).repeat(' ', widths.get(column) - cell.length()).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  /** A value as one cell; a terminal is never sent a control character that came from elsewhere. */
  static String text(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "-";
    }
    if (value.isArray()) {
      return value.valueStream().map(Table::text).collect(Collectors.joining(","));
    }
    return value.asString().replaceAll("\\p{C}", "?");
  }
}
