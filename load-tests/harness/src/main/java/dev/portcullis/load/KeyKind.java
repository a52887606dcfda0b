package dev.portcullis.load;

import java.util.List;
import java.util.Locale;

/**
 * The kind of a logged Redis command: its name and its key, the key without what tells tokens
 * apart.
 */
final class KeyKind {
  private KeyKind() {}

  /** For example {@code hgetall {portcullis}:token:*}. */
  static String of(List<?> words) {
    String command = String.valueOf(words.getFirst()).toLowerCase(Locale.ROOT);
    return words.stream()
        .skip(1)
        .map(String::valueOf)
        .filter(word -> word.startsWith("{portcullis}:"))
        .findFirst()
        .map(key -> command + " " + kind(key))
        .orElse(command);
  }

  private static String kind(String key) {
    int end = key.indexOf(':', key.indexOf(':') + 1);
    return end < 0 ? key : key.substring(0, end + 1) + "*";
  }
}
