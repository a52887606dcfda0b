package dev.portcullis.gateway.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.TimeMeter;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Redis' clock, as well as it can be told from here: all gateways count by it, whatever their own
 * clocks say. Before Redis was first asked it is this machine's clock.
 *
 * <p>Between two readings it goes on with the monotonic clock. A reading is as exact as the way to
 * Redis and back is short; a less exact one replaces a better one only once that is too old to be
 * better, or when both cannot be true, as when Redis' clock was set.
 */
final class StoreClock implements TimeMeter {
  /** How far a clock may go wrong: 200 microseconds a second. */
  private static final long DRIFT = 5_000;

  private final InstantSource local;
  private final Ticker ticker;
  private volatile @Nullable Reading latest;

  /**
   * What Redis' clock showed.
   *
   * @param nanos of the epoch
   * @param at when, by the monotonic clock
   * @param error how many nanoseconds too early or too late {@code at} may be
   */
  private record Reading(long nanos, long at, long error) {
    long nanosAt(long tick) {
      return nanos + (tick - at);
    }

    long errorAt(long tick) {
      return error + (tick - at) / DRIFT;
    }
  }

  StoreClock(InstantSource local, Ticker ticker) {
    this.local = local;
    this.ticker = ticker;
  }

  /** Reads it. */
  CompletionStage<Void> ask(RedisAsyncCommands<String, String> redis) {
    long sent = ticker.read();
    return redis.time().thenAccept(time -> learn(sent, nanos(time), ticker.read()));
  }

  private static long nanos(List<String> time) {
    return TimeUnit.SECONDS.toNanos(Long.parseLong(time.get(0)))
        + TimeUnit.MICROSECONDS.toNanos(Long.parseLong(time.get(1)));
  }

  /**
   * It showed this at some moment between the two.
   *
   * @param nanos of the epoch
   */
  void learn(long sent, long nanos, long received) {
    long error = (received - sent) / 2;
    Reading reading = new Reading(nanos, sent + error, error);
    Reading known = latest;
    if (known == null || isBetter(reading, known)) {
      latest = reading;
    }
  }

  private static boolean isBetter(Reading reading, Reading known) {
    long expected = known.nanosAt(reading.at);
    long error = known.errorAt(reading.at);
    return reading.error <= error || Math.abs(reading.nanos - expected) > reading.error + error;
  }

  @Override
  public long currentTimeNanos() {
    Reading known = latest;
    return known == null
        ? ChronoUnit.NANOS.between(Instant.EPOCH, local.instant())
        : known.nanosAt(ticker.read());
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
