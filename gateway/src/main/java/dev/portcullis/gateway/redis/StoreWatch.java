package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.health.Part;
import dev.portcullis.gateway.health.Part.Condition;
import dev.portcullis.gateway.health.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The view of Redis for operators: whether it is there, and whether it tells of changes. */
final class StoreWatch {
  private final RedisConnection redis;
  private final Supplier<Duration> sinceConfirmed;
  private final Duration silence;
  private final Duration maxStaleness;
  private final InstantSource clock;

  /**
   * Watches this connection.
   *
   * @param sinceConfirmed time since it was last known that no change was missed
   * @param silence from then on the channel of changes counts as gone
   * @param maxStaleness how long what is cached is served from then on
   */
  StoreWatch(
      RedisConnection redis,
      Supplier<Duration> sinceConfirmed,
      Duration silence,
      Duration maxStaleness,
      InstantSource clock) {
    this.redis = redis;
    this.sinceConfirmed = sinceConfirmed;
    this.silence = silence;
    this.maxStaleness = maxStaleness;
    this.clock = clock;
  }

  List<Watch> parts() {
    return List.of(this::store, this::invalidation);
  }

  /** Whether Redis is connected. */
  boolean isUp() {
    return redis.link().isUp();
  }

  /** Whether it is known to tell of changes. */
  boolean isTelling() {
    return isTelling(redis.link(), sinceConfirmed.get());
  }

  private boolean isTelling(RedisConnection.Link link, Duration lag) {
    return link.isUp() && lag.compareTo(silence) <= 0;
  }

  private Part store() {
    RedisConnection.Link link = redis.link();
    return part(
        "store", link, link.isUp(), link.since(), link.isUp() ? "Redis is connected" : gone(link));
  }

  private Part invalidation() {
    RedisConnection.Link link = redis.link();
    Duration lag = sinceConfirmed.get();
    return isTelling(link, lag)
        ? part("invalidation", link, true, link.since(), "Redis tells of every change")
        : part(
            "invalidation",
            link,
            false,
            link.everUp() ? clock.instant().minus(lag) : link.since(),
            "Redis does not tell of changes, so nothing new is cached");
  }

  private static Part part(
      String name, RedisConnection.Link link, boolean up, Instant since, String detail) {
    return new Part(
        name,
        up ? Condition.UP : link.everUp() ? Condition.DEGRADED : Condition.DOWN,
        since,
        detail);
  }

  private String gone(RedisConnection.Link link) {
    return link.everUp()
        ? "gone: "
            + link.trouble()
            + "; what was cached is served for "
            + maxStaleness.toMillis()
            + " ms, the rest is answered 503"
        : "not reached yet: " + link.trouble();
  }
}
