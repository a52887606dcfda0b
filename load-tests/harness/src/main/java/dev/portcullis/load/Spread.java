package dev.portcullis.load;

import java.util.Collection;

/** The least, the middle and the greatest of some measured values. */
record Spread(double low, double median, double high) {

  static Spread of(Collection<Double> values) {
    Percentiles sorted = Percentiles.of(values);
    return new Spread(sorted.min(), sorted.median(), sorted.max());
  }
}
