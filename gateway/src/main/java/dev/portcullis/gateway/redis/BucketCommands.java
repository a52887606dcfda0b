package dev.portcullis.gateway.redis;

import io.github.bucket4j.redis.lettuce.RedisApi;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.PipelinedRedisFuture;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.BooleanOutput;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Bucket4j asks of Redis, over whichever connection there is at the moment. What it keeps is
 * bytes, and passes as it is.
 */
// Not of strings: Bucket4j makes its arrays of keys of objects.
final class BucketCommands implements RedisApi<Object> {
  private final RedisConnection redis;
  private final Map<String, String> digests = new ConcurrentHashMap<>();

  BucketCommands(RedisConnection redis) {
    this.redis = redis;
  }

  @Override
  public RedisFuture<byte[]> get(Object key) {
    return new PipelinedRedisFuture<>(
        redis.ask(
            commands ->
                commands.dispatch(
                    CommandType.GET,
                    new ByteArrayOutput<>(StringCodec.UTF8),
                    new CommandArgs<>(StringCodec.UTF8).addKey(key.toString()))));
  }

  @Override
  @SuppressWarnings("unchecked") // a compare-and-swap is all that is ever run
  public <V> RedisFuture<V> eval(
      String script, ScriptOutputType type, Object[] keys, byte[][] arguments) {
    return (RedisFuture<V>)
        new PipelinedRedisFuture<>(
            redis
                .ask(
                    commands ->
                        commands.dispatch(
                            CommandType.EVALSHA,
                            new BooleanOutput<>(StringCodec.UTF8),
                            arguments(
                                digests.computeIfAbsent(script, commands::digest),
                                keys,
                                arguments)))
                .exceptionallyCompose(
                    failure ->
                        Failures.isAnswer(failure, "NOSCRIPT")
                            ? whole(script, keys, arguments)
                            : CompletableFuture.failedStage(failure)));
  }

  private CompletionStage<Boolean> whole(String script, Object[] keys, byte[][] arguments) {
    return redis.ask(
        commands ->
            commands.dispatch(
                CommandType.EVAL,
                new BooleanOutput<>(StringCodec.UTF8),
                arguments(script, keys, arguments)));
  }

  private static CommandArgs<String, String> arguments(
      String script, Object[] keys, byte[][] arguments) {
    CommandArgs<String, String> all =
        new CommandArgs<>(StringCodec.UTF8).add(script).add(keys.length);
    for (Object key : keys) {
      all.addKey(key.toString());
    }
    for (byte[] argument : arguments) {
      all.add(argument);
    }
    return all;
  }

  @Override
  public RedisFuture<?> delete(Object key) {
    return new PipelinedRedisFuture<>(redis.ask(commands -> commands.del(key.toString())));
  }
}
