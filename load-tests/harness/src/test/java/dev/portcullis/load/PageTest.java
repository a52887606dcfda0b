package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  private static final Figure MET = Figure.atLeast("ratio", 0.95, "", 0.9);
  private static final Figure MISSED = Figure.atMost("p99", 1_234, "ms", 100);
  private static final Chart CHART =
      new Chart(
          "Throughput",
          "requests a second",
          Chart.Better.HIGHER,
          List.of(new Bar("portcullis", 20_000, 25_000, 50_000), Bar.of("bare", 10_000)));

  @TempDir Path directory;

  @Test
  void saysFirstHowManyFiguresOfAllMeasurementsAreMet() {
    String html = Page.html(List.of(report("b", MET), report("a", MET, MISSED)));
    assertThat(html)
        .containsSubsequence(
            "3 figures with a target", "2 met", "1 MISSED", "<table", "href=\"#a\"", "href=\"#b\"")
        .containsSubsequence("<section id=\"a\"", "<section id=\"b\"");
    assertThat(Page.html(List.of(report("a", MET)))).doesNotContain("MISSED");
  }

  @Test
  void whatIsMissedStandsBeforeWhatIsMet() {
    assertThat(Page.html(List.of(report("a", MET, MET, MET, MET, MISSED))))
        .containsSubsequence("href=\"#a\"", "p99: <b>1,234 ms</b>", "ratio: <b>0.950</b>");
  }

  @Test
  void aBarIsAsLongAsItsMedianAndItsWhiskerReachesFromTheLeastToTheGreatest() {
    assertThat(ChartDrawing.html(CHART))
        .contains("class=\"fill\" y=\"5\" width=\"49.50%\"", "x1=\"39.60%\" x2=\"99.00%\"")
        .contains("25,000 <small>20,000 to 50,000</small>", "<span class=\"value\">10,000</span>")
        .containsOnlyOnce("class=\"row own\"")
        .contains("more is better");
  }

  @Test
  void barsOfTheGatewayAloneAllHaveItsColour() {
    Chart routes =
        new Chart("t", "", Chart.Better.LOWER, List.of(Bar.of("10", 1), Bar.of("1,000", 0)));
    assertThat(ChartDrawing.html(routes).split("class=\"row own\"", -1)).hasSize(3);
  }

  @Test
  void nothingInAReportIsTakenForMarkup() {
    String evil = "<script>\"'&";
    Report report =
        new Report(
            evil,
            Map.of(evil, evil),
            List.of(evil),
            List.of(new Figure(evil, 1, evil, evil, true), Figure.told(evil, 1, evil)),
            List.of(new Chart(evil, evil, Chart.Better.LOWER, List.of(Bar.of(evil, 1)))),
            List.of(Table.of(evil, evil).with(evil)));
    assertThat(Page.html(List.of(report)))
        .contains("&lt;script&gt;&quot;&#39;&amp;")
        .doesNotContain("<script", "\"'&");
  }

  @Test
  void isMadeOfAllReportsOfTheFolderThoseFromBeforeThereWereChartsToo() throws IOException {
    report("new", MET).write(directory);
    Files.writeString(
        directory.resolve("old.json"),
        """
        {"measurement": "old", "machine": {"processors": "2"}, "notes": ["n"],
         "figures": [{"name": "f", "value": 1.0, "unit": "", "target": "", "met": true}],
         "tables": [{"title": "t", "columns": ["c"], "rows": [["1"]]}]}
        """);
    Files.writeString(directory.resolve("other.json"), "[1]");
    report("newer", MET).write(directory);
    assertThat(directory.resolve("report.html"))
        .content()
        .contains("id=\"new\"", "id=\"newer\"", "id=\"old\"", "--own:", "25,000")
        .doesNotContain("http://", "https://", "<link", "<img");
  }

  private static Report report(String name, Figure... figures) {
    return new Report(name, Map.of(), List.of(), List.of(figures), List.of(CHART), List.of());
  }
}
