package dev.portcullis.gateway.limit;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.TimeMeter;

/**
 * The monotonic clock of buckets in this gateway's memory. Counts from 0 on, for Bucket4j does not
 * expect an overflow.
 */
public final class Monotonic implements TimeMeter {
  private final Ticker ticker;
  private final long start;

  /** Counts from now on. */
  public Monotonic(Ticker ticker) {
    this.ticker = ticker;
    this.start = ticker.read();
  }

  @Override
  public long currentTimeNanos() {
    return ticker.read() - start;
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
