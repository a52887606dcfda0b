package dev.portcullis.load;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request and what became of it. Times are {@link System#nanoTime}.
 *
 * @param status the answer's status; 0 where there was no answer
 */
record Sample(long sent, long received, int status) {

  double latencyMillis() {
    return (received - sent) / 1e6;
  }

  /** How many had each status, as text in the order of statuses. */
  static Map<Integer, Integer> statuses(List<Sample> samples) {
    Map<Integer, Integer> counts = new TreeMap<>();
    samples.forEach(sample -> counts.merge(sample.status, 1, Integer::sum));
    return counts;
  }

  static long count(List<Sample> samples, int status) {
    return samples.stream().filter(sample -> sample.status == status).count();
  }

  /** Those with this status. */
  static List<Sample> with(List<Sample> samples, int status) {
    return samples.stream().filter(sample -> sample.status == status).toList();
  }

  /** The one sent last; there must be one. */
  static Sample last(List<Sample> samples) {
    return Collections.max(samples, Comparator.comparingLong(Sample::sent));
  }

  static Percentiles latencies(List<Sample> samples) {
    return Percentiles.of(samples.stream().map(Sample::latencyMillis).toList());
  }
}
