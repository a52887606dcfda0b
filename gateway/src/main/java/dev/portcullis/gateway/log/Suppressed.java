package dev.portcullis.gateway.log;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.event.KeyValuePair;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Lines that a log left out.
 *
 * @param log its name
 * @param byKind how many, at least 1 of each kind
 */
public record Suppressed(String log, Map<String, Long> byKind) {

  /** How many in all. */
  public long lines() {
    return byKind.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The summary, for people. */
  String message() {
    String kinds =
        byKind.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return "%d more lines of %s were left out: %s".formatted(lines(), log, kinds);
  }

  /** The summary, for programs. */
  List<KeyValuePair> fields() {
    return List.of(
        new KeyValuePair(LogFields.ACTION, "suppressed"),
        new KeyValuePair("portcullis.log", log),
        new KeyValuePair("portcullis.suppressed", lines()));
  }

  /** Writes the summary. */
  public void tell(Logger logger) {
    LoggingEventBuilder line = logger.atWarn();
    for (KeyValuePair field : fields()) {
      line = line.addKeyValue(field.key, field.value);
    }
    line.log(message());
  }
}
