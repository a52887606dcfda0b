package dev.portcullis.load;

/**
 * One bar of a chart.
 *
 * @param label who or what it is of; beginning with {@value #OWN} it stands out among others
 * @param low the least that was measured, no more than the median
 * @param median as long as the bar is drawn; not negative
 * @param high the greatest that was measured, no less than the median
 */
record Bar(String label, double low, double median, double high) {
  static final String OWN = "portcullis";

  static Bar of(String label, Spread spread) {
    return new Bar(label, spread.low(), spread.median(), spread.high());
  }

  /** Of what was measured once. */
  static Bar of(String label, double value) {
    return new Bar(label, value, value, value);
  }

  boolean own() {
    return label.startsWith(OWN);
  }

  boolean spreads() {
    return low < high;
  }
}
