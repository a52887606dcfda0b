package dev.portcullis.gateway;

import dev.portcullis.gateway.meter.Metric;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The metrics that queries may name, with their labels, as Prometheus has them. */
final class KnownMetrics {
  /** What Prometheus itself adds to each. */
  private static final List<String> OF_THE_SCRAPE = List.of("job", "instance");

  private static final List<String> CONTROL =
      List.of("method", "uri", "status", "outcome", "exception", "error");

  /** Those of the libraries, with their labels, as a running gateway has them. */
  static final Map<String, List<String>> OF_LIBRARIES =
      Map.ofEntries(
          Map.entry("http_server_requests_seconds_count", CONTROL),
          Map.entry("http_server_requests_seconds_sum", CONTROL),
          Map.entry("jvm_buffer_memory_used_bytes", List.of("id")),
          Map.entry("jvm_gc_pause_seconds_sum", List.of("action", "cause", "gc")),
          Map.entry("jvm_gc_pause_seconds_max", List.of("action", "cause", "gc")),
          Map.entry("jvm_memory_max_bytes", List.of("area", "id")),
          Map.entry("jvm_memory_usage_after_gc", List.of("area", "pool")),
          Map.entry("jvm_memory_used_bytes", List.of("area", "id")),
          Map.entry("jvm_threads_states_threads", List.of("state")),
          Map.entry("logback_events_total", List.of("level")),
          Map.entry("process_cpu_seconds_total", List.of()),
          Map.entry("process_cpu_usage", List.of()),
          Map.entry("process_files_max_files", List.of()),
          Map.entry("process_files_open_files", List.of()),
          Map.entry("process_start_time_seconds", List.of()),
          Map.entry("process_uptime_seconds", List.of()),
          Map.entry("system_cpu_usage", List.of()),
          Map.entry("system_cpus", List.of()));

  private final Map<String, Set<String>> labels = new HashMap<>();

  /** The gateway's own, the libraries', and these, which rules record, with the label job. */
  KnownMetrics(List<String> recorded) {
    put("up", List.of());
    OF_LIBRARIES.forEach(this::put);
    recorded.forEach(name -> labels.put(name, Set.of("job")));
    for (Metric metric : Metric.values()) {
      String base = metric.written().replace('.', '_');
      switch (metric.kind()) {
        case COUNTER -> put(base + "_total", metric.labels());
        case GAUGE -> put(base, metric.labels());
        case TIME_GAUGE -> put(base + "_seconds", metric.labels());
        case HISTOGRAM -> {
          put(base + "_seconds_count", metric.labels());
          put(base + "_seconds_sum", metric.labels());
          put(base + "_seconds_bucket", metric.labels());
          labels(base + "_seconds_bucket").add("le");
        }
      }
    }
  }

  private void put(String name, List<String> own) {
    Set<String> all = new HashSet<>(own);
    all.addAll(OF_THE_SCRAPE);
    labels.put(name, all);
  }

  boolean contains(String metric) {
    return labels.containsKey(metric);
  }

  /** The labels of a metric, none where it is not known. */
  Set<String> labels(String metric) {
    @Nullable Set<String> known = labels.get(metric);
    return known == null ? Set.of() : known;
  }
}
