package dev.portcullis.gateway.redis;

import io.github.bucket4j.redis.lettuce.RedisApi;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.PipelinedRedisFuture;
import io.lettuce.core.codec.Base16;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * What Bucket4j asks of Redis, over whichever connection there is at the moment. What it keeps is
 * bytes, and passes as it is. Its scripts are replaced by one that minds whose turn it is.
 */
// Keys are objects to Bucket4j, for it makes arrays of them; each is a BucketChange.
final class BucketCommands implements RedisApi<Object> {
  private static final String SWAP =
      """
      local turn = redis.call('GET', KEYS[2])
      if turn and turn ~= ARGV[1] then return 'lost' end
      if redis.call('GET', KEYS[1]) == (ARGV[5] or false) then
        redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[3])
        if turn then redis.call('DEL', KEYS[2]) end
        return 'made'
      end
      if ARGV[2] == '' then return 'lost' end
      redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
      return 'turn'
      """;

  private static final String SWAP_DIGEST = Base16.digest(SWAP.getBytes(StandardCharsets.UTF_8));

  private static final String RELEASE =
      """
      if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
      """;

  private final RedisConnection redis;
  private final String longestTurn;

  /**
   * Asks over this connection.
   *
   * @param longestTurn how long others wait for a gateway that went away in the middle of its turn
   */
  BucketCommands(RedisConnection redis, Duration longestTurn) {
    this.redis = redis;
    this.longestTurn = Long.toString(longestTurn.toMillis());
  }

  @Override
  public RedisFuture<byte[]> get(Object change) {
    return new PipelinedRedisFuture<>(
        redis.ask(
            commands ->
                commands.dispatch(
                    CommandType.GET,
                    new ByteArrayOutput<>(StringCodec.UTF8),
                    new CommandArgs<>(StringCodec.UTF8).addKey(((BucketChange) change).key()))));
  }

  @Override
  @SuppressWarnings("unchecked") // Bucket4j runs nothing but a compare-and-swap
  public <V> RedisFuture<V> eval(
      String script, ScriptOutputType type, Object[] keys, byte[][] arguments) {
    BucketChange change = (BucketChange) keys[0];
    return (RedisFuture<V>)
        new PipelinedRedisFuture<>(
            redis
                .ask(
                    commands ->
                        run(commands, CommandType.EVALSHA, SWAP_DIGEST, swap(change, arguments)))
                .exceptionallyCompose(
                    failure ->
                        Failures.isAnswer(failure, "NOSCRIPT")
                            ? redis.ask(
                                commands ->
                                    run(commands, CommandType.EVAL, SWAP, swap(change, arguments)))
                            : CompletableFuture.failedStage(failure))
                .thenApply(change::tried));
  }

  private static CompletionStage<String> run(
      RedisAsyncCommands<String, String> commands,
      CommandType type,
      String script,
      UnaryOperator<CommandArgs<String, String>> arguments) {
    return commands.dispatch(
        type,
        new StatusOutput<>(StringCodec.UTF8),
        arguments.apply(new CommandArgs<>(StringCodec.UTF8).add(script)));
  }

  /** Bucket4j gives the state that is expected, if any, the new one, and how long to keep it. */
  private UnaryOperator<CommandArgs<String, String>> swap(BucketChange change, byte[][] given) {
    return arguments -> {
      arguments
          .add(2)
          .addKeys(change.key(), change.turnKey())
          .add(change.id())
          .add(change.claims() ? longestTurn : "")
          .add(given[given.length - 1])
          .add(given[given.length - 2]);
      return given.length > 2 ? arguments.add(given[0]) : arguments;
    };
  }

  /** Gives up a turn, if it has one. */
  void release(BucketChange change) {
    CompletionStage<Object> _ =
        redis.ask(
            commands ->
                commands.eval(
                    RELEASE,
                    ScriptOutputType.STATUS,
                    new String[] {change.turnKey()},
                    change.id()));
  }

  @Override
  public RedisFuture<?> delete(Object change) {
    return new PipelinedRedisFuture<>(
        redis.ask(commands -> commands.del(((BucketChange) change).key())));
  }
}
