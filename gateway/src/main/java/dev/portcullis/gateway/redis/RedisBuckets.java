package dev.portcullis.gateway.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.limit.BucketKey;
import dev.portcullis.gateway.limit.BucketStore;
import dev.portcullis.gateway.limit.Terms;
import dev.portcullis.gateway.limit.Withdrawal;
import dev.portcullis.gateway.meter.StoreMeters;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.BucketNotFoundException;
import io.github.bucket4j.distributed.proxy.RetryDecision;
import io.github.bucket4j.distributed.proxy.RetryStrategy;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce.LettuceBasedProxyManagerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counts in Redis, one key a bucket: read, and written back unless another gateway was faster.
 * A bucket that is full again is forgotten a little later.
 */
final class RedisBuckets implements BucketStore {
  private static final Logger LOG = LoggerFactory.getLogger(RedisBuckets.class);
  private static final Duration KEPT_WHEN_FULL = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final int MOST_SILENCED = 1_000;

  private final String gateway = UUID.randomUUID() + "-";
  private final AtomicLong changes = new AtomicLong();
  private final BucketCommands commands;
  private final AsyncProxyManager<Object> bucket4j;
  private final TimeMeter clock;
  private final Duration timeout;
  private final StoreMeters meters;
  private final Ticker ticker;
  private final Cache<String, Boolean> complainedOf =
      Caffeine.newBuilder().maximumSize(MOST_SILENCED).expireAfterWrite(SILENCE).build();

  /**
   * Counts over this connection.
   *
   * @param clock the store's, by which buckets fill and quotas begin anew
   * @param timeout of taking, and of giving back, with all the tries that it needs
   */
  RedisBuckets(
      RedisConnection redis, TimeMeter clock, Duration timeout, StoreMeters meters, Ticker ticker) {
    this.clock = clock;
    this.timeout = timeout;
    this.meters = meters;
    this.ticker = ticker;
    this.commands = new BucketCommands(redis, timeout.dividedBy(4));
    this.bucket4j =
        new LettuceBasedProxyManagerBuilder<>(commands)
            .retryStrategy(RedisBuckets::pause)
            .clientClock(clock)
            .requestTimeout(timeout)
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL))
            .build()
            .asAsync();
  }

  @Override
  public CompletionStage<Withdrawal> take(BucketKey key, long permits) {
    long began = ticker.read();
    return (permits == 0 ? look(key) : consume(key, permits))
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionally(failure -> failed(key, failure))
        .thenApply(
            withdrawal -> {
              meters.store("bucket", word(withdrawal), Duration.ofNanos(ticker.read() - began));
              return withdrawal;
            });
  }

  private CompletableFuture<Withdrawal> consume(BucketKey key, long permits) {
    BucketChange change = change(key);
    return bucket4j
        .builder()
        .build(change, () -> CompletableFuture.completedFuture(configuration(key)))
        .asVerbose()
        .tryConsumeAsMuchAsPossible(permits)
        .thenApply(result -> taken(key, result))
        .whenComplete((result, failure) -> end(change));
  }

  private CompletableFuture<Withdrawal> look(BucketKey key) {
    return existing(change(key))
        .asVerbose()
        .getAvailableTokens()
        .thenApply(result -> taken(key, result.withValue(0L)));
  }

  @Override
  public CompletionStage<Void> giveBack(BucketKey key, long permits) {
    BucketChange change = change(key);
    return existing(change)
        .addTokens(permits)
        .whenComplete((result, failure) -> end(change))
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionally(
            failure -> {
              LOG.debug("Permits were not given back: {}", Failures.cause(failure));
              return null;
            });
  }

  private BucketChange change(BucketKey key) {
    return new BucketChange(Keys.bucket(key), gateway + changes.incrementAndGet());
  }

  /** The bucket; one that is not in the store, and so full, is not made. */
  private AsyncBucketProxy existing(BucketChange change) {
    return bucket4j
        .builder()
        .build(change, () -> CompletableFuture.failedFuture(new BucketNotFoundException()));
  }

  private static RetryDecision pause(RetryStrategy.RetryMetadata tries) {
    return tries.getBucketKey() instanceof BucketChange change
            && (change.hasTurn() || !change.claims())
        ? RetryDecision.retryImmediately()
        : RetryDecision.retryAfter(PAUSE);
  }

  private void end(BucketChange change) {
    if (change.hasTurn()) {
      commands.release(change);
    }
  }

  private BucketConfiguration configuration(BucketKey key) {
    return Bandwidths.of(key.limits(), now());
  }

  private Instant now() {
    return instant(clock.currentTimeNanos());
  }

  private static Instant instant(long nanos) {
    return Instant.EPOCH.plusNanos(nanos);
  }

  private static Withdrawal taken(BucketKey key, VerboseResult<Long> result) {
    List<Long> left =
        LongStream.of(result.getDiagnostics().getAvailableTokensPerEachBandwidth())
            .boxed()
            .toList();
    if (left.size() != key.limits().limits().size()) {
      throw new IllegalArgumentException("it is of another number of limits");
    }
    return new Withdrawal.Taken(result.getValue(), left, instant(result.getOperationTimeNanos()));
  }

  private Withdrawal failed(BucketKey key, Throwable failure) {
    if (Failures.isNoBucket(failure)) {
      return new Withdrawal.Taken(0, Terms.of(key.limits()).capacities(), now());
    }
    String cause = Failures.cause(failure);
    if (Failures.isUnreadable(failure)
        && complainedOf.asMap().putIfAbsent(Keys.bucket(key), true) == null) {
      LOG.warn("The count {} cannot be used: {}", Keys.bucket(key), cause);
    }
    return new Withdrawal.Unavailable(cause);
  }

  private static String word(Withdrawal withdrawal) {
    return withdrawal.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
