package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What JMH found of one benchmark.
 *
 * @param nanos mean time of one operation
 * @param bytes allocated by one operation
 */
record JmhResult(double nanos, double bytes) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String UNIT = "ns/op";
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /**
   * Reads the file that {@code -rf json -prof gc} leaves of one benchmark.
   *
   * @throws IOException if it is not such
   */
  static JmhResult read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static JmhResult parse(String text) throws IOException {
    JsonNode all = JSON.readTree(text);
    JsonNode time = all.path(0).path("primaryMetric");
    JsonNode bytes = all.path(0).path("secondaryMetrics").path(ALLOCATED);
    if (all.size() != 1
        || !time.path("scoreUnit").asString("").equals(UNIT)
        || !bytes.path("score").isNumber()) {
      throw new IOException("not one benchmark's time and allocation:\n" + text);
    }
    return new JmhResult(time.path("score").asDouble(), bytes.path("score").asDouble());
  }
}
