package dev.portcullis.load;

/** Text as it stands in HTML. */
final class Html {
  private Html() {}

  /** For an element's content and for an attribute's value in quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  static String table(Table table) {
    StringBuilder text = new StringBuilder("<div class=\"wide\"><table>\n<tr>");
    table.columns().forEach(name -> text.append("<th>").append(escape(name)).append("</th>"));
    text.append("</tr>\n");
    for (var row : table.rows()) {
      text.append("<tr>");
      row.forEach(cell -> text.append("<td>").append(escape(cell)).append("</td>"));
      text.append("</tr>\n");
    }
    return text.append("</table></div>\n").toString();
  }

  /** What is shown when one asks for it. */
  static String folded(String title, String content) {
    return "<details><summary>" + escape(title) + "</summary>\n" + content + "</details>\n";
  }
}
