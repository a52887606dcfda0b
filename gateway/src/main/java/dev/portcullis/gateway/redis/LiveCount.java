package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.TokenRegistry.Census;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/** Counts good tokens, after taking those out of the indexes that have expired. */
final class LiveCount {
  private static final String AT_ONCE = "1000";

  /** What is left of an end's member behind its first 16 characters is the creation's member. */
  private static final String SWEEP =
      """
      local ended = redis.call('ZRANGEBYLEX', KEYS[1], '-', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
      for _, member in ipairs(ended) do
        redis.call('ZREM', KEYS[1], member)
        redis.call('ZREM', KEYS[2], string.sub(member, 17))
      end
      return #ended == tonumber(ARGV[2]) and 'more' or 'done'
      """;

  private LiveCount() {}

  static CompletionStage<Census> census(
      RedisAsyncCommands<String, String> redis,
      Instant now,
      List<Instant> createdUntil,
      List<Instant> endsBefore) {
    return sweep(redis, now).thenCompose(swept -> counted(redis, createdUntil, endsBefore));
  }

  private static CompletionStage<Census> counted(
      RedisAsyncCommands<String, String> redis,
      List<Instant> createdUntil,
      List<Instant> endsBefore) {
    CompletionStage<List<Long>> created =
        each(createdUntil, it -> redis.zlexcount(Keys.LIVE_BY_CREATION, before(it.plusMillis(1))));
    CompletionStage<List<Long>> ending =
        each(endsBefore, it -> redis.zlexcount(Keys.LIVE_BY_END, before(it)));
    return redis
        .zcard(Keys.LIVE_BY_CREATION)
        .thenCompose(
            active -> created.thenCombine(ending, (made, ends) -> new Census(active, made, ends)));
  }

  private static CompletionStage<List<Long>> each(
      List<Instant> instants, Function<Instant, CompletionStage<Long>> count) {
    CompletionStage<List<Long>> counts = CompletableFuture.completedStage(List.of());
    for (Instant instant : instants) {
      counts =
          counts.thenCombine(
              count.apply(instant),
              (before, one) -> Stream.concat(before.stream(), Stream.of(one)).toList());
    }
    return counts;
  }

  private static CompletionStage<Void> sweep(
      RedisAsyncCommands<String, String> redis, Instant now) {
    return redis
        .<String>eval(
            SWEEP,
            ScriptOutputType.VALUE,
            new String[] {Keys.LIVE_BY_END, Keys.LIVE_BY_CREATION},
            LiveIndex.instant(now.plusMillis(1)),
            AT_ONCE)
        .thenCompose(
            word ->
                word.equals("more") ? sweep(redis, now) : CompletableFuture.completedStage(null));
  }

  private static Range<String> before(Instant instant) {
    return Range.from(
        Range.Boundary.unbounded(), Range.Boundary.excluding(LiveIndex.instant(instant)));
  }
}
