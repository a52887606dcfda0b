package dev.portcullis.gateway.token;

/**
 * The port through which a near cache is told what happens in the store, by the edge that listens
 * there. Safe for threads.
 */
public interface CacheCoherence {

  /**
   * From here on every change is told, until {@link #disconnected}. What was cached before is
   * dropped, for changes to it may have been missed.
   */
  void connected();

  /**
   * Every change that the store made before this instant has been told.
   *
   * @param instant of the monotonic clock that the cache was made with, in nanoseconds
   */
  void confirmed(long instant);

  /** Changes may be missed from here on: nothing new is cached. */
  void disconnected();

  /** The record under this hash was written, moved or deleted. */
  void tokenChanged(TokenHash hash);

  /** The record of this principal was written or deleted. */
  void principalChanged(String id);

  /** Every record may have changed. */
  void everythingChanged();
}
