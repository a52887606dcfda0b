package dev.portcullis.load;

import java.util.Arrays;
import java.util.Collection;

/** The order statistics of some measured values. */
final class Percentiles {
  private final double[] sorted;

  private Percentiles(double[] sorted) {
    this.sorted = sorted;
  }

  /** Sorts a copy. */
  static Percentiles of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Percentiles(sorted);
  }

  int count() {
    return sorted.length;
  }

  /**
   * The smallest value that at least {@code percent} percent of all values do not exceed (nearest
   * rank); 0 where there is none.
   */
  double at(double percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.clamp(rank, 1, sorted.length) - 1];
  }

  /** The middle value, or the mean of the middle two; 0 where there is none. */
  double median() {
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The mean; 0 where there is no value. */
  double mean() {
    return Arrays.stream(sorted).average().orElse(0);
  }

  double max() {
    return at(100);
  }

  double min() {
    return at(0);
  }
}
