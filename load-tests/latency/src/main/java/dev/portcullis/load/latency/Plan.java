package dev.portcullis.load.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What is sent, and how often.
 *
 * @param fields header fields of each request
 * @param rate requests a second
 * @param warmup seconds at that rate that are not counted
 * @param seconds seconds that are
 */
record Plan(URI uri, Map<String, String> fields, int rate, int warmup, int seconds) {
  private static final String PREFIX = "latency.";

  Plan {
    fields = Map.copyOf(fields);
    if (rate < 1 || warmup < 0 || seconds < 1) {
      throw new IllegalArgumentException("nothing is sent or counted");
    }
  }

  /**
   * Reads {@code latency.url}, {@code latency.rate}, {@code latency.warmup}, {@code
   * latency.seconds} and {@code latency.fields}: a file with a field, {@code Name: value}, on each
   * line, for a secret has no place on a command line.
   */
  static Plan of(Properties properties) {
    return new Plan(
        URI.create(value(properties, "url")),
        fields(Path.of(value(properties, "fields"))),
        Integer.parseInt(value(properties, "rate")),
        Integer.parseInt(value(properties, "warmup")),
        Integer.parseInt(value(properties, "seconds")));
  }

  private static String value(Properties properties, String name) {
    String value = properties.getProperty(PREFIX + name);
    if (value == null) {
      throw new IllegalArgumentException("-D" + PREFIX + name + "=... is missing");
    }
    return value;
  }

  private static Map<String, String> fields(Path file) {
    Map<String, String> fields = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          fields.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fields;
  }

  /** The number of the first request that is counted, from 0. */
  int first() {
    return rate * warmup;
  }

  /** How many are counted. */
  int counted() {
    return rate * seconds;
  }

  /** When the request of this number is due, in nanoseconds after the first. */
  long due(long number) {
    return number * 1_000_000_000L / rate;
  }
}
