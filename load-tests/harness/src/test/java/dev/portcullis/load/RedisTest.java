package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisTest {
  private static final String TOKEN = "{portcullis}:token:p1:abc";

  /** Takes 50 ms by the server's clock. */
  private static final String BUSY =
      """
      redis.replicate_commands()
      local function now()
        local time = redis.call('TIME')
        return time[1] * 1000000 + time[2]
      end
      local begun = now()
      while now() - begun < 50000 do end
      return redis.status_reply('late')
      """;

  private Bench bench;
  private Redis redis;

  @BeforeEach
  void start() throws IOException {
    bench = new Bench(Options.parse(List.of()));
    redis = Redis.start(bench);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void countsWhatOthersAsk() {
    CommandStats before = redis.commandStats();
    ask(commands -> commands.hgetall(TOKEN));
    assertThat(redis.commandStats().since(before)).containsEntry("hgetall", 1L);
  }

  @Test
  void itsOwnQuestionsLeaveNoTrace() {
    assertThat(redis.commandStats().since(redis.commandStats())).isEmpty();
  }

  @Test
  void tellsTheKindsOfKeysThatWereRead() {
    redis.logCommands();
    ask(commands -> commands.hgetall(TOKEN));
    ask(commands -> commands.hgetall(TOKEN));
    assertThat(redis.loggedCommands()).containsEntry("hgetall {portcullis}:token:*", 2);
  }

  @Test
  void tellsWhatMadeItLate() {
    redis.watchStalls(Duration.ofMillis(20));
    assertThat(redis.stalls()).isEmpty();
    ask(commands -> commands.eval(BUSY, ScriptOutputType.STATUS));
    assertThat(redis.stalls())
        .hasEntrySatisfying("command", millis -> assertThat(millis).isBetween(20L, 10_000L));
  }

  @Test
  void keepsWhatWasWrittenThroughAKill() throws IOException {
    ask(commands -> commands.hset(TOKEN, "v", "1"));
    redis.child().kill();
    redis.restart();
    String kept = ask(commands -> commands.hget(TOKEN, "v"));
    assertThat(kept).isEqualTo("1");
  }

  private <T> T ask(Function<RedisCommands<String, String>, T> question) {
    try (RedisClient client = RedisClient.create(redis.uri(redis.port()));
        StatefulRedisConnection<String, String> connection = client.connect()) {
      return question.apply(connection.sync());
    }
  }
}
