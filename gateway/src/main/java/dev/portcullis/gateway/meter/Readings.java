package dev.portcullis.gateway.meter;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.search.Search;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** What the gateway's meters show, for people. Each reading looks at all series of one meter. */
public final class Readings {
  private final MeterRegistry registry;

  /**
   * What is known of a cache.
   *
   * @param size entries just now
   * @param hits since the start
   * @param misses since the start
   * @param evictions entries that had to make room, since the start
   */
  public record Cache(long size, long hits, long misses, long evictions) {}

  /** Reads this registry. */
  public Readings(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Requests decided over since the start, by reason; those that occurred, sorted. */
  public Map<String, Long> decisions() {
    return byTag(find(Metric.DECISIONS), "reason");
  }

  /** All caches by name, sorted. */
  public Map<String, Cache> caches() {
    Map<String, Long> sizes = byTag(find(Metric.CACHE_SIZE), "cache");
    Map<String, Long> hits = requests("hit");
    Map<String, Long> misses = requests("miss");
    Map<String, Long> evictions = byTag(find(Metric.CACHE_EVICTIONS), "cache");
    Map<String, Cache> caches = new TreeMap<>();
    sizes.forEach(
        (name, size) ->
            caches.put(
                name,
                new Cache(
                    size,
                    hits.getOrDefault(name, 0L),
                    misses.getOrDefault(name, 0L),
                    evictions.getOrDefault(name, 0L))));
    return caches;
  }

  private Map<String, Long> requests(String result) {
    return byTag(find(Metric.CACHE_REQUESTS).tag("result", result), "cache");
  }

  /**
   * Tokens by state ({@code active}, {@code old}, {@code ending}); empty before the first count.
   */
  public Map<String, Long> tokens() {
    return byTag(find(Metric.TOKENS), "state");
  }

  /** Connections of clients that are open. */
  public long connections() {
    return sum(find(Metric.CONNECTIONS), Statistic.VALUE);
  }

  /** Reads of the store that it did not answer, since the start. */
  public long unanswered() {
    return sum(find(Metric.STORE).tag("outcome", "unavailable"), Statistic.COUNT);
  }

  /**
   * Milliseconds since the last proof that no change of the store was missed, where there is one.
   */
  public OptionalLong lagMillis() {
    return find(Metric.INVALIDATION_LAG).timeGauges().stream()
        .mapToLong(gauge -> Math.round(gauge.value(TimeUnit.MILLISECONDS)))
        .findFirst();
  }

  private Search find(Metric metric) {
    return registry.find(metric.written());
  }

  private static Map<String, Long> byTag(Search search, String tag) {
    Map<String, Long> sums = new TreeMap<>();
    for (Meter meter : search.meters()) {
      sums.merge(String.valueOf(meter.getId().getTag(tag)), first(meter), Long::sum);
    }
    return sums;
  }

  private static long first(Meter meter) {
    return Math.round(meter.measure().iterator().next().getValue());
  }

  private static long sum(Search search, Statistic statistic) {
    return search.meters().stream()
        .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
        .filter(measurement -> measurement.getStatistic() == statistic)
        .mapToLong(measurement -> Math.round(measurement.getValue()))
        .sum();
  }
}
