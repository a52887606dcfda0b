package dev.portcullis.gateway.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.meter.StoreMeters;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import io.lettuce.core.KeyValue;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store that the data plane reads: one command a record. */
final class RedisTokenStore implements TokenStore {
  private static final Logger LOG = LoggerFactory.getLogger(RedisTokenStore.class);

  private final RedisConnection redis;
  private final Duration timeout;
  private final StoreMeters meters;
  private final Ticker ticker;

  /**
   * Reads over this connection.
   *
   * @param timeout of one read
   */
  RedisTokenStore(RedisConnection redis, Duration timeout, StoreMeters meters, Ticker ticker) {
    this.redis = redis;
    this.timeout = timeout;
    this.meters = meters;
    this.ticker = ticker;
  }

  @Override
  public CompletionStage<Lookup<Token>> token(TokenHash hash) {
    String key = Keys.token(hash);
    return read(
        "token",
        key,
        redis -> redis.hmget(key, TokenRecord.facts()).thenApply(RedisTokenStore::present),
        TokenRecord::token);
  }

  @Override
  public CompletionStage<Lookup<Principal>> principal(String id) {
    String key = Keys.principal(id);
    return read(
        "principal",
        key,
        commands -> commands.hgetall(key),
        record -> PrincipalRecord.principal(id, record));
  }

  private <T> CompletionStage<Lookup<T>> read(
      String what,
      String key,
      Function<RedisAsyncCommands<String, String>, CompletionStage<Map<String, String>>> question,
      Function<Map<String, String>, Lookup<T>> reader) {
    long began = ticker.read();
    return redis
        .ask(question)
        .thenApply(reader)
        .toCompletableFuture()
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionally(RedisTokenStore::failed)
        .thenApply(
            lookup -> {
              meters.store(what, word(lookup), Duration.ofNanos(ticker.read() - began));
              if (lookup instanceof Lookup.Unreadable<T>(String problem)) {
                LOG.warn("The record {} cannot be read and is refused: {}", key, problem);
              }
              return lookup;
            });
  }

  private static <T> Lookup<T> failed(Throwable failure) {
    return Failures.isAnswer(failure, "WRONGTYPE")
        ? new Lookup.Unreadable<>("the record is no hash")
        : new Lookup.Unavailable<>(Failures.cause(failure));
  }

  private static String word(Lookup<?> lookup) {
    return lookup.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> present(List<KeyValue<String, String>> fields) {
    Map<String, String> record = new HashMap<>();
    for (KeyValue<String, String> field : fields) {
      if (field.hasValue()) {
        record.put(field.getKey(), field.getValue());
      }
    }
    return record;
  }

  @Override
  public CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
    return redis
        .ask(commands -> Rehash.move(commands, from, to))
        .thenAccept(moved -> {})
        .exceptionally(
            failure -> {
              LOG.debug("A token was not re-hashed: {}", Failures.cause(failure));
              return null;
            });
  }
}
