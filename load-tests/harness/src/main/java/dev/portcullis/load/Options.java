package dev.portcullis.load;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asked for.
 *
 * @param gateway the packaged gateway
 * @param results where reports go
 * @param rounds pairs of measured rounds where two sides are compared
 * @param seconds length of one round
 * @param warmup seconds of load on each side before the first round
 * @param connections open connections of wrk
 */
record Options(Path gateway, Path results, int rounds, int seconds, int warmup, int connections) {
  private static final Set<String> NAMES =
      Set.of("gateway", "results", "rounds", "seconds", "warmup", "connections");

  /**
   * Reads {@code --name=value} words.
   *
   * @throws IllegalArgumentException if a word is not known, or its number not from 1 to 600
   */
  static Options parse(List<String> words) {
    Map<String, String> values = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (!word.startsWith("--")
          || equals < 0
          || !NAMES.contains(word.substring(2, Math.max(2, equals)))) {
        throw new IllegalArgumentException("not an option: " + word + "; there are " + NAMES);
      }
      values.put(word.substring(2, equals), word.substring(equals + 1));
    }
    return new Options(
        Path.of(values.getOrDefault("gateway", "gateway/target/portcullis.jar")),
        Path.of(values.getOrDefault("results", "load-tests/results")),
        number(values, "rounds", 8),
        number(values, "seconds", 8),
        number(values, "warmup", 25),
        number(values, "connections", 64));
  }

  private static int number(Map<String, String> values, String name, int otherwise) {
    int number = Integer.parseInt(values.getOrDefault(name, Integer.toString(otherwise)));
    if (number < 1 || number > 600) {
      throw new IllegalArgumentException("--" + name + " is from 1 to 600");
    }
    return number;
  }
}
