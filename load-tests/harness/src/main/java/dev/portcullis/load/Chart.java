package dev.portcullis.load;

import java.util.List;

/**
 * Some bars of one unit, to be looked at together.
 *
 * @param better which end of the scale is the good one
 */
record Chart(String title, String unit, Better better, List<Bar> bars) {

  Chart {
    bars = List.copyOf(bars);
  }

  /** Which values one wants. */
  enum Better {
    HIGHER("more is better"),
    LOWER("less is better");

    private final String words;

    Better(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** The greatest value of any bar or its spread. */
  double greatest() {
    return bars.stream().mapToDouble(Bar::high).max().orElse(0);
  }

  /** Whether this bar stands out: it is the gateway's own, or all are. */
  boolean accented(Bar bar) {
    return bar.own() || bars.stream().noneMatch(Bar::own);
  }
}
