package dev.portcullis.gateway;

import dev.portcullis.policy.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that labels may say, where they are fixed: as the shipped table of metrics has them,
 * which its own test holds to the catalogue, and a few that are not the gateway's.
 */
final class LabelWords {
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| \\w+ \\| (.+) \\| .+ \\|");
  private static final Pattern LABEL = Pattern.compile("`(\\w+)`: (.+)");
  private static final Pattern BETWEEN = Pattern.compile(", |; of a bucket ");

  private static final Map<String, Set<String>> OF_OTHERS =
      Map.of(
          "job", Set.of("portcullis"),
          "area", Set.of("heap", "nonheap"),
          "level", Set.of("error", "warn", "info", "debug", "trace"));

  private final Map<String, Map<String, Set<String>>> words = new HashMap<>();

  LabelWords() {
    try (Stream<String> lines = Files.lines(Path.of("ops", "METRICS.md"))) {
      lines.flatMap(line -> ROW.matcher(line).results()).forEach(this::put);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(MatchResult row) {
    Map<String, Set<String>> ofMetric = new HashMap<>();
    for (String label : row.group(2).split("<br>", -1)) {
      LABEL.matcher(label).results().forEach(it -> ofMetric.put(it.group(1), words(it)));
    }
    words.put(row.group(1), ofMetric);
  }

  /** None where what is said is no list of words. */
  private static Set<String> words(MatchResult label) {
    Set<String> said = Set.copyOf(List.of(BETWEEN.split(label.group(2))));
    return switch (label.group(1)) {
      case "reason" ->
          Stream.concat(Stream.of("ALLOWED"), Arrays.stream(Reason.values()).map(Enum::name))
              .collect(Collectors.toSet());
      case "status" -> Set.of("1xx", "2xx", "3xx", "4xx", "5xx", "none");
      default -> said.stream().anyMatch(word -> word.contains(" ")) ? Set.of() : said;
    };
  }

  /** What the label of a metric may say; none where policies name it. */
  Set<String> of(String metric, String label) {
    return Stream.of(metric, metric.replaceFirst("_(count|sum|bucket|max)$", ""))
        .map(words::get)
        .filter(Objects::nonNull)
        .findFirst()
        .map(labels -> labels.get(label))
        .orElseGet(() -> OF_OTHERS.getOrDefault(label, Set.of()));
  }

  /** Of what a query selects a label by, what it can never say. */
  List<String> unheardOf(PromQuery.Selector selector) {
    return selector.matches().stream()
        .filter(match -> !of(selector.metric(), match.label()).isEmpty())
        .flatMap(
            match ->
                match.alternatives().stream()
                    .filter(
                        text ->
                            of(selector.metric(), match.label()).stream()
                                .noneMatch(word -> match.takes(text, word)))
                    .map(text -> match.label() + "=" + text))
        .toList();
  }
}
