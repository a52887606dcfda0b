package dev.portcullis.load;

import java.util.Locale;

/**
 * One measured number, and what it had to be.
 *
 * @param target the bound in words; empty where the number is only told
 * @param met whether the number is within the bound
 */
record Figure(String name, double value, String unit, String target, boolean met) {

  static Figure told(String name, double value, String unit) {
    return new Figure(name, value, unit, "", true);
  }

  static Figure atMost(String name, double value, String unit, double bound) {
    return new Figure(name, value, unit, "at most " + text(bound), value <= bound);
  }

  static Figure atLeast(String name, double value, String unit, double bound) {
    return new Figure(name, value, unit, "at least " + text(bound), value >= bound);
  }

  /** A count that has to be that one. */
  static Figure exactly(String name, long count, long expected) {
    return new Figure(name, (double) count, "", "exactly " + expected, count == expected);
  }

  /** A number as people write it: no needless decimals. */
  static String text(double value) {
    if (value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value);
  }

  /** Whether it is a count that has to be that one, or that has to be at all. */
  boolean counted() {
    return target.startsWith("exactly") || target.equals("at least 1");
  }

  String verdict() {
    return target.isEmpty() ? "" : met ? "met" : "MISSED";
  }

  @Override
  public String toString() {
    return name
        + ": "
        + text(value)
        + (unit.isEmpty() ? "" : " " + unit)
        + (target.isEmpty() ? "" : " (" + target + ": " + verdict() + ")");
  }
}
