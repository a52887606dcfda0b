package dev.portcullis.load;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a Redis server ran each command since its start, by lower-case name ({@code INFO
 * commandstats}).
 */
record CommandStats(Map<String, Long> calls) {
  private static final Pattern LINE =
      Pattern.compile("^cmdstat_([^:\\s]+):calls=(\\d+)", Pattern.MULTILINE);

  /** What a connection asks as time passes, whatever the requests. */
  static final Set<String> HEARTBEATS = Set.of("ping", "role");

  /** The harness's own question. */
  private static final String OWN = "info";

  CommandStats {
    calls = Map.copyOf(calls);
  }

  static CommandStats parse(String info) {
    Map<String, Long> calls = new TreeMap<>();
    Matcher matcher = LINE.matcher(info);
    while (matcher.find()) {
      calls.put(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
    return new CommandStats(calls);
  }

  /** What was called between then and now, but for the question itself. */
  Map<String, Long> since(CommandStats then) {
    Map<String, Long> difference = new TreeMap<>();
    calls.forEach(
        (command, count) -> {
          long more = count - then.calls.getOrDefault(command, 0L);
          if (more > 0 && !command.equals(OWN)) {
            difference.put(command, more);
          }
        });
    return difference;
  }

  /** The sum of the calls that read the record of a token or a principal. */
  static long reads(Map<String, Long> calls) {
    return calls.getOrDefault("hmget", 0L) + calls.getOrDefault("hgetall", 0L);
  }

  /** The sum of all calls but heartbeats. */
  static long withoutHeartbeats(Map<String, Long> calls) {
    return calls.entrySet().stream()
        .filter(call -> !HEARTBEATS.contains(call.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
