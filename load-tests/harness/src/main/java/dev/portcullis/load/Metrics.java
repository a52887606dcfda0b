package dev.portcullis.load;

/** What the gateway's metrics say, in Prometheus' text format. */
record Metrics(String text) {
  private static final String DECISIONS = "portcullis_decisions_total";

  /** The sum of all samples of this name that carry this label and value. */
  double sum(String name, String label, String value) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> line.contains(label + "=\"" + value + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Requests that were allowed. */
  double allowed() {
    return sum(DECISIONS, "reason", "ALLOWED");
  }

  /** Requests that were refused for this reason. */
  double refused(String reason) {
    return sum(DECISIONS, "reason", reason);
  }
}
