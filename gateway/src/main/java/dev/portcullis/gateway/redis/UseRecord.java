package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.LastUse;
import dev.portcullis.gateway.token.Use;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The last uses of tokens, in one hash: {@code <millisecond> <address>} by the token's id. They are
 * no part of the records, a change of which would be told to every gateway.
 */
final class UseRecord {
  private static final String MINUTE = Long.toString(Duration.ofMinutes(1).toMillis());

  private static final String SCRIPT =
      """
      for i = 2, #ARGV, 3 do
        local last = redis.call('HGET', KEYS[1], ARGV[i])
        local at = last and tonumber(string.match(last, '^%d+')) or 0
        if tonumber(ARGV[i + 1]) - at >= tonumber(ARGV[1]) then
          redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1] .. ' ' .. ARGV[i + 2])
        end
      end
      return 'done'
      """;

  private UseRecord() {}

  /** Notes those whose token was not used within the minute before. */
  static CompletionStage<Void> write(
      RedisAsyncCommands<String, String> redis, Collection<Use> uses) {
    List<String> arguments = new ArrayList<>(List.of(MINUTE));
    for (Use use : uses) {
      arguments.add(use.tokenId());
      arguments.add(Long.toString(use.at().toEpochMilli()));
      arguments.add(use.from().orElse(""));
    }
    return redis
        .<String>eval(
            SCRIPT,
            ScriptOutputType.VALUE,
            new String[] {Keys.LAST_USES},
            arguments.toArray(String[]::new))
        .thenAccept(done -> {});
  }

  /** Reads one; empty where it cannot be read, for nothing depends on it. */
  static Optional<LastUse> read(String written) {
    int space = written.indexOf(' ');
    if (space <= 0 || !written.substring(0, space).matches("[0-9]{1,15}")) {
      return Optional.empty();
    }
    String from = written.substring(space + 1);
    return Optional.of(
        new LastUse(
            Instant.ofEpochMilli(Long.parseLong(written.substring(0, space))),
            from.isEmpty() ? Optional.empty() : Optional.of(from)));
  }
}
