package dev.portcullis.load;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of one run at a constant arrival rate; times in milliseconds.
 *
 * @param count requests that count
 * @param failures those that were not answered with 200
 * @param perSecond answers a second
 * @param late99 how much later than due requests were begun, which is the driver's own doing
 */
record LatencyResult(
    long count,
    long failures,
    double perSecond,
    double p50,
    double p99,
    double p999,
    double max,
    double late99) {
  private static final JsonMapper JSON = new JsonMapper();

  /** In which a driver that keeps up has begun what is due: a few of its whole milliseconds. */
  private static final double IN_TIME = 20;

  /**
   * Finds the result in what the driver printed.
   *
   * @throws IOException if it is not there, or nothing was counted
   */
  static LatencyResult parse(List<String> lines) throws IOException {
    String line =
        lines.stream()
            .filter(text -> text.startsWith("{"))
            .reduce((first, last) -> last)
            .orElseThrow(() -> new IOException("no result:\n" + String.join("\n", lines)));
    JsonNode json = JSON.readTree(line);
    if (json.path("count").asLong() == 0) {
      throw new IOException("nothing was counted:\n" + String.join("\n", lines));
    }
    return new LatencyResult(
        json.path("count").asLong(),
        json.path("failures").asLong(),
        json.path("perSecond").asDouble(),
        millis(json, "p50"),
        millis(json, "p99"),
        millis(json, "p999"),
        millis(json, "max"),
        millis(json, "late99"));
  }

  private static double millis(JsonNode json, String name) {
    return json.path(name).asDouble() / 1e3;
  }

  /** Whether this rate was kept up, by the driver and by what it asked. */
  boolean keptUp(int rate) {
    return perSecond >= 0.98 * rate && late99 <= IN_TIME;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f/s  p50 %.2f ms  p99 %.2f ms  p99.9 %.2f ms  begun late p99 %.1f ms%s",
        perSecond,
        p50,
        p99,
        p999,
        late99,
        failures == 0 ? "" : "  " + failures + " FAILURES");
  }
}
