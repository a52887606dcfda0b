package dev.portcullis.load;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is alive in a JVM's heap: bytes by class ({@code jcmd GC.class_histogram}, after a full
 * collection).
 */
record HeapHistogram(Map<String, Long> bytes) {
  private static final Pattern LINE =
      Pattern.compile("^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*$", Pattern.MULTILINE);

  HeapHistogram {
    bytes = Map.copyOf(bytes);
  }

  /**
   * Reads what jcmd prints.
   *
   * @throws IllegalArgumentException if it is not such
   */
  static HeapHistogram parse(String text) {
    Map<String, Long> bytes = new HashMap<>();
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      bytes.merge(line.group(2), Long.parseLong(line.group(1)), Long::sum);
    }
    if (bytes.isEmpty()) {
      throw new IllegalArgumentException("not a class histogram:\n" + text);
    }
    return new HeapHistogram(bytes);
  }

  /** Of all classes. */
  long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The classes that grew most since then, with how many bytes, the one that grew most first. */
  List<Map.Entry<String, Long>> growth(HeapHistogram then, int classes) {
    return bytes.entrySet().stream()
        .map(
            entry ->
                Map.entry(
                    entry.getKey(), entry.getValue() - then.bytes.getOrDefault(entry.getKey(), 0L)))
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(classes)
        .toList();
  }
}
