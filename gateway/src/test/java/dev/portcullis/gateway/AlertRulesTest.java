package dev.portcullis.gateway;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.AlertRules.Alert;
import dev.portcullis.gateway.Dashboard.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alert rules and the runbook, held against one another. */
class AlertRulesTest {
  private static final Path RUNBOOK = Path.of("ops", "RUNBOOK.md");
  private static final Path TESTS = AlertRules.FILE.resolveSibling("portcullis.rules.test.yml");

  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern STARRED = Pattern.compile("(?<!\\*)\\*([^*]+)\\*(?!\\*)");
  private static final Pattern METRIC = Pattern.compile("\\b(portcullis_\\w+)");

  /** The titles of the panels, by the dashboard's. */
  private static final Map<String, Set<String>> PANELS =
      Dashboard.all().stream().collect(toMap(Dashboard::title, AlertRulesTest::titles));

  private static Set<String> titles(Dashboard dashboard) {
    return dashboard.panels().stream().map(Panel::title).collect(toSet());
  }

  private static List<Alert> alerts() {
    return AlertRules.alerts();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertSaysHowBadItIsWhatIsTheMatterAndWhereToRead(Alert alert) throws IOException {
    assertThat(alert.json().path("labels").path("severity").asString()).isIn("critical", "warning");
    assertThat(alert.annotation("summary")).isNotEmpty();
    assertThat(alert.annotation("description")).isNotEmpty();
    assertThat(alert.annotation("runbook"))
        .isEqualTo("gateway/ops/RUNBOOK.md#" + alert.name().toLowerCase(Locale.ROOT));
    assertThat(section(alert.name()))
        .as("the runbook's heading")
        .anyMatch(line -> line.startsWith("- **Look at**: "))
        .anyMatch(line -> line.startsWith("- **Do**: "));
  }

  /** Starred, as all names of panels are there. */
  @ParameterizedTest
  @MethodSource("alerts")
  void theRunbookNamesPanelsThatThereAre(Alert alert) throws IOException {
    for (String line : section(alert.name())) {
      String dashboard = "";
      for (String name :
          line.startsWith("- ")
              ? found(STARRED, CODE.matcher(line).replaceAll(""))
              : List.<String>of()) {
        if (PANELS.containsKey(name)) {
          dashboard = name;
        } else {
          String[] parts =
              (name.contains(" / ") ? name : dashboard + " / " + name).split(" / ", -1);
          assertThat(PANELS.getOrDefault(parts[0], Set.of())).as(line).contains(parts[1]);
        }
      }
    }
  }

  @Test
  void theRunbookNamesMetricsThatThereAre() throws IOException {
    KnownMetrics known = new KnownMetrics(AlertRules.recorded());
    assertThat(found(METRIC, Files.readString(RUNBOOK))).isNotEmpty().allMatch(known::contains);
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(it -> it.group(1)).toList();
  }

  /** The lines below this heading. */
  private static List<String> section(String heading) throws IOException {
    return Files.readAllLines(RUNBOOK).stream()
        .dropWhile(line -> !line.equals("### " + heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("#"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertIsTestedToFireAndNotToFire(Alert alert) throws IOException {
    assertThat(Files.readAllLines(TESTS))
        .contains(
            "  - name: " + alert.name() + " fires",
            "  - name: " + alert.name() + " does not fire just below");
  }

  @Test
  void theRunbookHasNoAlertThatThereIsNot() throws IOException {
    assertThat(
            Files.readAllLines(RUNBOOK).stream()
                .filter(line -> line.startsWith("### Portcullis"))
                .map(line -> line.substring("### ".length())))
        .containsExactlyElementsOf(alerts().stream().map(Alert::name).toList());
  }
}
