package dev.portcullis.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Raw numbers behind the figures. */
record Table(String title, List<String> columns, List<List<String>> rows) {

  Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** An empty table. */
  static Table of(String title, String... columns) {
    return new Table(title, Arrays.asList(columns), List.of());
  }

  /** This table with one more row; numbers are written as in {@link Figure#text}. */
  Table with(Object... cells) {
    List<List<String>> more = new ArrayList<>(rows);
    more.add(
        Arrays.stream(cells)
            .map(cell -> cell instanceof Double d ? Figure.text(d) : String.valueOf(cell))
            .toList());
    return new Table(title, columns, more);
  }

  /** The same under another title. */
  Table titled(String other) {
    return new Table(other, columns, rows);
  }

  String markdown() {
    StringBuilder text = new StringBuilder("### ").append(title).append("\n\n");
    line(text, columns);
    line(text, columns.stream().map(column -> "---").toList());
    rows.forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
