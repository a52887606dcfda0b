package dev.portcullis.gateway.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of metrics that operators read, held against the catalogue. */
class MetricsTableTest {
  private static final Path TABLE = Path.of("ops", "METRICS.md");

  @Test
  void isWhatTheCatalogueSays() throws IOException {
    Path generated = Files.writeString(Path.of("target", "METRICS.md"), table());
    assertThat(TABLE)
        .as("copy %s to %s", generated, TABLE)
        .content()
        .isEqualTo(Files.readString(generated));
  }

  @ParameterizedTest
  @EnumSource
  void namesEachMetricAsPrometheusDoes(Metric metric) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    register(metric, new Instruments(registry));
    assertThat(registry.scrape())
        .contains("# HELP " + name(metric) + " " + metric.description())
        .contains("# TYPE " + name(metric) + " " + type(metric));
  }

  private static void register(Metric metric, Instruments instruments) {
    String[] values = metric.labels().toArray(String[]::new);
    switch (metric.kind()) {
      case COUNTER -> instruments.counter(metric, values);
      case GAUGE -> instruments.gauge(metric, () -> 1, values);
      case TIME_GAUGE -> instruments.timeGauge(metric, () -> Duration.ZERO);
      case HISTOGRAM ->
          instruments.histogram(metric, Duration.ofMillis(1), Duration.ofSeconds(1), values);
    }
  }

  private static String name(Metric metric) {
    String base = metric.written().replace('.', '_');
    return switch (metric.kind()) {
      case COUNTER -> base + "_total";
      case GAUGE -> base;
      case TIME_GAUGE, HISTOGRAM -> base + "_seconds";
    };
  }

  private static String table() {
    Stream<String> head =
        Stream.of(
            "# Metrics",
            "",
            "What the gateway tells of itself at `/actuator/prometheus` on the control port,"
                + " besides the usual `jvm_*`, `process_*`, `system_*` and, for the control plane,"
                + " `http_server_requests_seconds`. A histogram has `_bucket`, `_count` and `_sum`;"
                + " beside it stands a gauge `_max`, the most in the last minutes.",
            "",
            "Labels are names in policies and fixed words, never what a client sent, so their"
                + " number is bounded by the policies.",
            "",
            "| metric | type | labels | meaning |",
            "|---|---|---|---|");
    Stream<String> rows = Arrays.stream(Metric.values()).map(MetricsTableTest::row);
    return Stream.concat(head, rows).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(Metric metric) {
    List<String> labels =
        metric.describedLabels().stream()
            .map(label -> "`" + label.name() + "`: " + label.values())
            .toList();
    return "| `%s` | %s | %s | %s |"
        .formatted(name(metric), type(metric), String.join("<br>", labels), metric.description());
  }

  private static String type(Metric metric) {
    return switch (metric.kind()) {
      case COUNTER -> "counter";
      case GAUGE, TIME_GAUGE -> "gauge";
      case HISTOGRAM -> "histogram";
    };
  }
}
