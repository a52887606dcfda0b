package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.Dashboard.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The dashboards and rules in a real Prometheus that has watched a gateway for a while. */
class DashboardDataTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static TestBed bed;
  private static PrometheusProcess prometheus;
  private static Instant begun = Instant.EPOCH;
  private static Instant ended = Instant.EPOCH;

  @BeforeAll
  static void watchAGatewayForAWhile() {
    Promtool.required();
    bed = TestBed.start("--portcullis.cache.max-staleness=1m");
    prometheus = PrometheusProcess.watching(bed.gateway().controlPort(), directory);
    begun = Instant.now();
    try (MixedLoad load = new MixedLoad(bed)) {
      load.round();
      scraped();
      load.round();
      load.outage(DashboardDataTest::seenGone);
      load.unsoundPolicy();
      scraped();
      load.round();
    }
    await().atMost(PATIENCE).until(() -> prometheus.value("max(portcullis_tokens)") > 0);
    scraped();
    ended = Instant.now();
  }

  /** Waits until Prometheus has seen all that was until now. */
  private static void scraped() {
    double until = bed.gateway().metric("portcullis_requests_seconds_count");
    await()
        .atMost(PATIENCE)
        .until(() -> prometheus.value("sum(portcullis_requests_seconds_count)") >= until);
    Instant from = Instant.now();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                prometheus.value("timestamp(portcullis_store_up)")
                    > from.plusSeconds(2).getEpochSecond());
  }

  /** Waits until Prometheus has seen for two scrapes that the store is gone. */
  private static void seenGone() {
    scraped();
    await().atMost(PATIENCE).until(() -> prometheus.value("1 - portcullis_store_up") == 1);
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
    if (bed != null) {
      bed.close();
    }
  }

  private static Stream<Target> targets() {
    return Dashboard.all().stream().flatMap(it -> it.targets().stream());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aQueryFindsData(Target target) {
    String query = substituted(target.query());
    JsonNode results =
        target.isInstant() ? prometheus.at(ended, query) : prometheus.over(begun, ended, query);
    assertThat(results.valueStream().flatMap(DashboardDataTest::values))
        .as(query)
        .anyMatch(value -> !value.equals("NaN"));
  }

  private static Stream<String> values(JsonNode series) {
    return series.has("value")
        ? Stream.of(series.at("/value/1").asString())
        : series.path("values").valueStream().map(it -> it.path(1).asString());
  }

  /** As Grafana does with all chosen, at four times the scrape interval at least. */
  private static String substituted(String query) {
    return query
        .replace("$__rate_interval", PrometheusProcess.INTERVAL.multipliedBy(4).toSeconds() + "s")
        .replace("$__range", Duration.between(begun, ended).toSeconds() + "s")
        .replace("$job", "portcullis")
        .replace("$instance", ".+")
        .replace("$api", ".+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"job", "instance", "api"})
  void aVariableHasValues(String label) {
    String match = "portcullis_requests_seconds_count{job=~\"portcullis\"}";
    assertThat(
            prometheus
                .ask(
                    "/api/v1/label/%s/values?match[]=%s"
                        .formatted(label, PrometheusProcess.encoded(match))
                        .replace("[]", "%5B%5D"))
                .path("data"))
        .isNotEmpty();
  }

  @Test
  void everyRuleIsEvaluated() {
    JsonNode groups = prometheus.ask("/api/v1/rules").at("/data/groups");
    assertThat(groups).isNotEmpty();
    assertThat(groups.valueStream().flatMap(group -> group.path("rules").valueStream()))
        .allSatisfy(
            rule -> assertThat(rule.path("health").asString()).as(rule + "").isEqualTo("ok"));
  }

  @Test
  void promtoolIsContentWithAllThatIsShipped() {
    Path rules = AlertRules.DIRECTORY;
    Promtool.run(rules, "", "check", "rules", "portcullis.rules.yml");
    Promtool.run(rules, "", "check", "config", "prometheus.yml");
    Promtool.run(rules, "", "test", "rules", "portcullis.rules.test.yml");
  }

  @Test
  void promtoolIsContentWithTheNamesOfAllMetrics() {
    assertThat(Promtool.run(directory, bed.gateway().metrics(), "check", "metrics")).isEmpty();
  }
}
