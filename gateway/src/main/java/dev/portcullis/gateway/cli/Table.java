package dev.portcullis.gateway.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A table of JSON objects, for people: one a line, one column for each member. */
final class Table {
  private static final String GAP = "  ";
  private static final int WIDEST = 120;
  private static final int ROWS_AT_ONCE = 1000;

  private final Surroundings surroundings;
  private final List<String> members;
  private final List<List<String>> rows = new ArrayList<>();
  private final int[] widths;
  private boolean headed;

  /** A table of these members. */
  Table(Surroundings surroundings, String... members) {
    this.surroundings = surroundings;
    this.members = List.of(members);
    this.widths = Arrays.stream(members).mapToInt(String::length).toArray();
  }

  /** Adds a row; a table of many rows is printed piece by piece. */
  Table add(JsonNode object) {
    rows.add(members.stream().map(member -> cell(object.path(member))).toList());
    if (rows.size() == ROWS_AT_ONCE) {
      print();
    }
    return this;
  }

  /** Prints the rows that were not printed yet. */
  void print() {
    rows.forEach(this::widen);
    if (!headed) {
      String heading =
          line(members.stream().map(member -> member.toUpperCase(Locale.ROOT)).toList());
      surroundings
          .out()
          .println(surroundings.ansi().enabled() ? "\u001b[1m" + heading + "\u001b[0m" : heading);
      headed = true;
    }
    rows.stream().map(this::line).forEach(surroundings.out()::println);
    surroundings.out().flush();
    rows.clear();
  }

  /** Prints one object, one member a line. */
  static void ofOne(Surroundings surroundings, JsonNode object) {
    int width = object.propertyStream().mapToInt(m -> m.getKey().length()).max().orElse(0);
    int bounded = Math.min(width, WIDEST);
    object.forEachEntry(
        (name, value) -> {
          String label = TerminalText.cut(TerminalText.whole(name), WIDEST);
          surroundings
              .out()
              .println(label + " ".repeat(bounded - label.length()) + GAP + TerminalText.of(value));
        });
    surroundings.out().flush();
  }

  private static String cell(JsonNode value) {
    return TerminalText.cut(TerminalText.of(value), WIDEST);
  }

  private void widen(List<String> row) {
    for (int column = 0; column < widths.length; column++) {
      widths[column] = Math.max(widths[column], row.get(column).length());
    }
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      line.append(cell).repeat(' ', widths[column] - cell.length()).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
