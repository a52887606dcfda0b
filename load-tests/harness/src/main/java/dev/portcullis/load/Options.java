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
  private static final int MOST = 600;
  private static final int MOST_A_SECOND = 1_000_000;
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,7}");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]*");

  /**
   * Reads {@code --name=value} words.
   *
   * @throws IllegalArgumentException if a word is not known, or its number out of range
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
      String[] parts = word.split("=", 2);
      String name = parts[0].replaceFirst("^--", "");
      if (!parts[0].equals("--" + name) || !NAMES.contains(name)) {
        throw new IllegalArgumentException("not an option: " + word + "; there are " + NAMES);
      }
      if (parts.length < 2) {
        throw new IllegalArgumentException(word + " needs a value: " + word + "=...");
      }
      values.put(name, parts[1]);
    }
    List<String> missing =
        required.stream().filter(name -> values.getOrDefault(name, "").isEmpty()).sorted().toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "needed here: --" + String.join("=... and --", missing) + "=...");
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
        number(values, "rounds", 8, MOST),
        number(values, "seconds", 8, MOST),
        number(values, "warmup", 25, MOST),
        number(values, "connections", 64, MOST),
        number(values, "rate", MOST_A_SECOND, MOST_A_SECOND));
  }

  private static int number(Map<String, String> values, String name, int otherwise, int most) {
    String text = values.getOrDefault(name, Integer.toString(otherwise));
    int number = WHOLE.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (number < 1 || number > most) {
      throw new IllegalArgumentException(
          "--" + name + " is a whole number from 1 to " + most + ", not " + text);
    }
    return number;
  }

  /** How long and how often, in a line for the report. */
  String line() {
    return "--rounds=%d --seconds=%d --warmup=%d --connections=%d"
        .formatted(rounds, seconds, warmup, connections);
  }
}
