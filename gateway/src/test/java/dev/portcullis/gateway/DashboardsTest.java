package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.Dashboard.Panel;
import dev.portcullis.gateway.Dashboard.Target;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The dashboards as files: sound, described, and of nothing that is not there. */
@ExtendWith(SharedTestBed.class)
class DashboardsTest {
  /** Those that every Grafana has. */
  private static final Set<String> PANELS =
      Set.of("stat", "timeseries", "bargauge", "state-timeline");

  private static final KnownMetrics KNOWN = new KnownMetrics(AlertRules.recorded());
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  private static List<Dashboard> dashboards() {
    return Dashboard.all();
  }

  private static Stream<Panel> panels() {
    return dashboards().stream().flatMap(it -> it.panels().stream());
  }

  private static Stream<Target> targets() {
    return dashboards().stream().flatMap(it -> it.targets().stream());
  }

  @Test
  void thereIsOneForEachQuestion() {
    assertThat(dashboards())
        .extracting(Dashboard::file)
        .containsExactly(
            "abuse.json", "overview.json", "runtime.json", "store.json", "tokens.json");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aDashboardHasAStableNameAndLinksToTheOthers(Dashboard dashboard) {
    JsonNode json = dashboard.json();
    assertThat(json.path("uid").asString() + ".json").isEqualTo("portcullis-" + dashboard.file());
    assertThat(json.path("title").asString()).startsWith("Portcullis / ");
    assertThat(json.path("description").asString()).isNotEmpty();
    assertThat(json.path("tags").valueStream().map(JsonNode::asString)).contains("portcullis");
    assertThat(json.path("links").valueStream())
        .anyMatch(it -> it.path("type").asString().equals("dashboards"));
    assertThat(json.path("templating").path("list").valueStream())
        .extracting(it -> it.path("name").asString())
        .contains("datasource", "job", "instance");
    assertThat(json.path("panels").valueStream().map(it -> it.path("id").asInt()))
        .doesNotHaveDuplicates()
        .doesNotContain(0);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void itsPanelsDoNotOverlapAndAreNoWiderThanTheScreen(Dashboard dashboard) {
    List<String> cells =
        dashboard
            .json()
            .path("panels")
            .valueStream()
            .map(it -> it.path("gridPos"))
            .flatMap(DashboardsTest::cells)
            .toList();
    assertThat(cells).isNotEmpty().doesNotHaveDuplicates();
  }

  private static Stream<String> cells(JsonNode place) {
    int left = place.path("x").asInt();
    int right = left + place.path("w").asInt();
    int top = place.path("y").asInt();
    assertThat(right).isLessThanOrEqualTo(24);
    return Stream.iterate(top, y -> y < top + place.path("h").asInt(), y -> y + 1)
        .flatMap(y -> Stream.iterate(left, x -> x < right, x -> x + 1).map(x -> x + "," + y));
  }

  @ParameterizedTest
  @MethodSource("panels")
  void aPanelSaysWhatItShowsAndInWhichUnit(Panel panel) {
    assertThat(panel.json().path("type").asString()).isIn(PANELS);
    assertThat(panel.json().path("description").asString()).hasSizeGreaterThan(40);
    assertThat(panel.json().path("fieldConfig").path("defaults").path("unit").asString(""))
        .isNotEmpty();
    assertThat(panel.json().path("datasource").path("uid").asString()).isEqualTo("${datasource}");
    assertThat(panel.targets()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aQueryNamesOnlyMetricsAndLabelsThatThereAre(Target target) {
    PromQuery query = PromQuery.of(target.query());
    assertSound(query);
    assertThat(query.metrics())
        .as("of the gateways that are chosen")
        .allMatch(it -> it.labels().containsAll(Set.of("job", "instance")));
    assertThat(PLACE.matcher(target.legend()).results().map(it -> it.group(1)).toList())
        .as("the legend's labels")
        .allMatch(label -> query.metrics().stream().anyMatch(it -> has(it.metric(), label)));
  }

  @Test
  void aRuleNamesOnlyMetricsAndLabelsThatThereAre() {
    assertThat(AlertRules.queries()).isNotEmpty();
    AlertRules.queries().forEach(query -> assertSound(PromQuery.of(query)));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aVariableIsOfALabelThatThereIs(Dashboard dashboard) {
    assertThat(dashboard.variables())
        .isNotEmpty()
        .allSatisfy(
            text -> {
              var parts = VALUES.matcher(text);
              assertThat(parts.matches()).as(text).isTrue();
              PromQuery query = PromQuery.of(parts.group(1));
              assertSound(query);
              assertThat(query.metrics()).allMatch(it -> has(it.metric(), parts.group(2)));
            });
  }

  private static void assertSound(PromQuery query) {
    assertThat(query.metrics()).isNotEmpty();
    assertThat(query.metrics())
        .allSatisfy(
            it -> {
              assertThat(KNOWN.contains(it.metric())).as(it.metric()).isTrue();
              assertThat(KNOWN.labels(it.metric())).as(it.metric()).containsAll(it.labels());
            });
    Set<String> all =
        query.metrics().stream()
            .flatMap(it -> KNOWN.labels(it.metric()).stream())
            .collect(Collectors.toSet());
    assertThat(all).as("labels of " + query.metrics()).containsAll(query.grouping());
  }

  private static boolean has(String metric, String label) {
    return KNOWN.labels(metric).contains(label);
  }

  @Test
  void whatIsNamedOfLibrariesIsInTheScrapeOfARunningGateway(TestBed bed) {
    System.gc();
    KnownMetrics.OF_LIBRARIES.forEach(
        (name, labels) ->
            await(name)
                .until(
                    () ->
                        bed.gateway()
                            .metrics()
                            .lines()
                            .filter(it -> it.startsWith(name + " ") || it.startsWith(name + "{"))
                            .anyMatch(
                                it -> labels.stream().allMatch(is -> it.contains(is + "=\"")))));
  }
}
