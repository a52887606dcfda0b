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

  /** Says nothing of tokens: the heartbeat of connections, and the harness's own question. */
  static final Set<String> IGNORED = Set.of("ping", "info");

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

  /** What was called between then and now: commands with at least one call, none of the ignored. */
  Map<String, Long> since(CommandStats then) {
    Map<String, Long> difference = new TreeMap<>();
    calls.forEach(
        (command, count) -> {
          long more = count - then.calls.getOrDefault(command, 0L);
          if (more > 0 && !IGNORED.contains(command)) {
            difference.put(command, more);
          }
        });
    return difference;
  }
}
