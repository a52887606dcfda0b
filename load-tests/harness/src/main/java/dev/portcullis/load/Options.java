package dev.portcullis.load;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the command line asked for.
 *
 * @param gateway the packaged gateway
 * @param results where reports go
 * @param before an older packaged gateway to compare with
 * @param label a word for what is compared
 * @param flags of the JVM of {@code gateway}, where it is compared with an older one
 * @param rounds measured rounds of each side where sides are compared
 * @param seconds length of one round
 * @param warmup seconds of load on each side before the first round
 * @param connections open connections of wrk
 * @param rate the most that are to come a second where requests come at a constant rate
 */
record Options(
    Path gateway,
    Path results,
    Optional<Path> before,
    Optional<String> label,
    List<String> flags,
    int rounds,
    int seconds,
    int warmup,
    int connections,
    int rate) {
  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "gateway",
              "results",
              "before",
              "label",
              "flags",
              "rounds",
              "seconds",
              "warmup",
              "connections",
              "rate"));
  private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]*");

  /**
   * Reads {@code --name=value} words.
   *
   * @throws IllegalArgumentException if a word is not known, or its number not from 1 to 600
   */
  static Options parse(List<String> words) {
    return parse(words, Set.of());
  }

  /**
   * Reads {@code --name=value} words, of which some must be there.
   *
   * @param required names of options
   * @throws IllegalArgumentException also if one that must be there is not
   */
  static Options parse(List<String> words, Set<String> required) {
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
    for (String name : required) {
      if (values.getOrDefault(name, "").isEmpty()) {
        throw new IllegalArgumentException("--" + name + "=... is needed here");
      }
    }
    String label = values.get("label");
    if (label != null && !LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException("--label is a word of a-z, 0-9 and -");
    }
    String flags = values.getOrDefault("flags", String.join(" ", Jvm.FLAGS)).strip();
    return new Options(
        Path.of(values.getOrDefault("gateway", "gateway/target/portcullis.jar")),
        Path.of(values.getOrDefault("results", "load-tests/results")),
        Optional.ofNullable(values.get("before")).map(Path::of),
        Optional.ofNullable(label),
        Arrays.asList(flags.split("\\s+")),
        number(values, "rounds", 8),
        number(values, "seconds", 8),
        number(values, "warmup", 25),
        number(values, "connections", 64),
        Integer.parseInt(values.getOrDefault("rate", Integer.toString(Integer.MAX_VALUE))));
  }

  private static int number(Map<String, String> values, String name, int otherwise) {
    int number = Integer.parseInt(values.getOrDefault(name, Integer.toString(otherwise)));
    if (number < 1 || number > 600) {
      throw new IllegalArgumentException("--" + name + " is from 1 to 600");
    }
    return number;
  }
}
