package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All reports of one folder on one page, which needs nothing but itself to be looked at. */
final class Page {
  static final String FILE = "report.html";
  private static final int HEADLINES = 3;
  private static final String STYLE = style();

  private final StringBuilder text = new StringBuilder();

  private Page() {}

  /** Makes the page of a folder anew from all reports in it. */
  static void write(Path directory) throws IOException {
    List<Report> reports = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
      for (Path file : files) {
        Report.read(Files.readString(file)).ifPresent(reports::add);
      }
    }
    Files.writeString(directory.resolve(FILE), html(reports));
  }

  /** The page of these reports: comparisons of changes last, otherwise by name. */
  static String html(List<Report> reports) {
    List<Report> sorted =
        reports.stream()
            .sorted(
                Comparator.comparing((Report report) -> report.measurement().startsWith("change-"))
                    .thenComparing(Report::measurement))
            .toList();
    Page page = new Page();
    page.line("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">");
    page.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.line("<title>Portcullis: load tests</title>");
    page.line("<style>\n" + STYLE + "</style>\n<main>\n<h1>Portcullis: load tests</h1>");
    page.verdicts(sorted);
    sorted.forEach(page::section);
    page.line("</main>\n</html>");
    return page.text.toString();
  }

  private void verdicts(List<Report> reports) {
    List<Figure> judged = reports.stream().flatMap(Page::judged).toList();
    long missed = judged.stream().filter(figure -> !figure.met()).count();
    line(
        "<p class=\"lead\">%d figures with a target: <span class=\"met\">%d met</span>%s.</p>"
            .formatted(
                judged.size(),
                judged.size() - missed,
                missed == 0 ? "" : ", <span class=\"missed\">" + missed + " MISSED</span>"));
    line("<div class=\"wide\"><table class=\"verdicts\">");
    line("<tr><th>measurement</th><th>met</th><th>figures</th></tr>");
    for (Report report : reports) {
      String name = Html.escape(report.measurement());
      List<Figure> figures = judged(report).toList();
      long met = figures.stream().filter(Figure::met).count();
      line(
          "<tr><th><a href=\"#%1$s\">%1$s</a></th><td class=\"%2$s\">%3$s</td><td>"
              .formatted(
                  name,
                  report.met() ? "met" : "missed",
                  figures.isEmpty() ? "told" : met + " of " + figures.size()));
      headlines(report).forEach(figure -> line("<div>" + sentence(figure) + "</div>"));
      line("</td></tr>");
    }
    line("</table></div>");
  }

  private static Stream<Figure> judged(Report report) {
    return report.figures().stream().filter(figure -> !figure.target().isEmpty());
  }

  /** All that were missed, and the first that are more than a count that has to be so. */
  private static List<Figure> headlines(Report report) {
    List<Figure> chosen = new ArrayList<>(judged(report).filter(figure -> !figure.met()).toList());
    List<Figure> candidates =
        judged(report).findAny().isPresent() ? judged(report).toList() : report.figures();
    candidates.stream()
        .filter(Figure::met)
        .sorted(Comparator.comparing(Figure::counted))
        .limit(Math.max(0, HEADLINES - chosen.size()))
        .forEach(chosen::add);
    return chosen;
  }

  private static String sentence(Figure figure) {
    String value = ChartDrawing.number(figure.value());
    return Html.escape(figure.name())
        + ": <b>"
        + Html.escape(value + (figure.unit().isEmpty() ? "" : " " + figure.unit()))
        + "</b>"
        + (figure.target().isEmpty()
            ? ""
            : " <span class=\"hint\">" + Html.escape(figure.target()) + "</span> ")
        + verdict(figure);
  }

  private static String verdict(Figure figure) {
    return figure.target().isEmpty()
        ? ""
        : "<span class=\"%s\">%s</span>"
            .formatted(figure.met() ? "met" : "missed", figure.verdict());
  }

  private void section(Report report) {
    String name = Html.escape(report.measurement());
    line("<section id=\"" + name + "\">\n<h2>" + name + "</h2>");
    line("<ul class=\"figures\">");
    judged(report).forEach(figure -> line("<li>" + sentence(figure) + "</li>"));
    report.figures().stream()
        .filter(figure -> figure.target().isEmpty())
        .forEach(figure -> line("<li>" + sentence(figure) + "</li>"));
    line("</ul>\n<div class=\"charts\">");
    report.charts().forEach(chart -> line(ChartDrawing.html(chart)));
    line("</div>");
    StringBuilder notes = new StringBuilder("<ul>");
    report.notes().forEach(n -> notes.append("<li>").append(Html.escape(n)).append("</li>\n"));
    line(Html.folded("How to read it", notes + "</ul>\n"));
    report.tables().forEach(table -> line(Html.folded(table.title(), Html.table(table))));
    Table facts = Table.of("Machine", "fact", "value");
    for (Map.Entry<String, String> fact : report.machine().entrySet()) {
      facts = facts.with(fact.getKey(), fact.getValue());
    }
    line(Html.folded(facts.title(), Html.table(facts)));
    line("</section>");
  }

  private void line(String more) {
    text.append(more).append('\n');
  }

  private static String style() {
    try (InputStream file = Page.class.getResourceAsStream("report.css")) {
      return file == null ? "" : new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
