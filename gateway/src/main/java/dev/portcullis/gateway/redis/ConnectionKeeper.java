package dev.portcullis.gateway.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.meter.StoreMeters;
import dev.portcullis.gateway.token.CacheCoherence;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to the node that owns the records: it asks, and on it changes are told. Kept
 * up until closed, from a thread of its own.
 *
 * <p>What is read and what is told of come from the same node in the order in which it sent them;
 * so a read can never be older than the changes already told, and the answer to a heartbeat proves
 * that nothing told before it was lost.
 */
final class ConnectionKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionKeeper.class);
  private static final Duration HEARTBEAT = Duration.ofMillis(500);
  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final long MAX_BACKOFF_MILLIS = 250;

  private final Connector connector;
  private final RedisConnection redis;
  private final CacheCoherence coherence;
  private final Ticker ticker;
  private final StoreMeters meters;
  private final Duration timeout;
  private final long silence;
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("portcullis-redis").factory(),
          new ThreadPoolExecutor.DiscardPolicy());
  private volatile long confirmedAt;
  private String trouble = "";
  private long backoffMillis;

  /**
   * Not connected, until {@link #start}.
   *
   * @param timeout of one command; a node silent for a second longer is given up
   */
  ConnectionKeeper(
      Connector connector,
      RedisConnection redis,
      Duration timeout,
      CacheCoherence coherence,
      Ticker ticker,
      StoreMeters meters) {
    this.connector = connector;
    this.redis = redis;
    this.coherence = coherence;
    this.ticker = ticker;
    this.meters = meters;
    this.timeout = timeout;
    this.silence = timeout.plusSeconds(1).toNanos();
    this.confirmedAt = ticker.read();
  }

  /** Connects in the background, and stays at it. */
  void start() {
    thread.execute(this::connect);
    long period = HEARTBEAT.toMillis();
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(this::heartbeat, period, period, TimeUnit.MILLISECONDS);
  }

  /** Time since the moment for which it is known that all changes before it were told. */
  Duration sinceConfirmed() {
    return Duration.ofNanos(ticker.read() - confirmedAt);
  }

  /** The time without a proof after which a node is given up. */
  Duration silence() {
    return Duration.ofNanos(silence);
  }

  private void connect() {
    CompletableFuture<Live> opening =
        CompletableFuture.runAsync(() -> {}, thread)
            .thenCompose(now -> connector.open(this::closed));
    CompletableFuture<Live> _ =
        opening
            .copy()
            .orTimeout(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS)
            .whenCompleteAsync(
                (live, failure) -> {
                  if (failure == null) {
                    up(live);
                  } else {
                    CompletableFuture<Void> _ =
                        opening.thenAccept(late -> Nodes.close(late.connection()));
                    retry(Failures.cause(failure));
                  }
                },
                thread);
  }

  private void closed(StatefulRedisConnection<String, String> connection) {
    thread.execute(() -> lost(connection, "connection closed"));
  }

  private void up(Live live) {
    if (!live.connection().isOpen()) {
      retry("connection closed");
      return;
    }
    coherence.connected();
    confirm(live.since());
    redis.up(live);
    backoffMillis = 0;
    trouble = "";
    LOG.info("Connected to Redis at {}:{}", live.node().getHost(), live.node().getPort());
  }

  private void confirm(long instant) {
    coherence.confirmed(instant);
    confirmedAt = instant;
  }

  private void heartbeat() {
    Live live = redis.live();
    if (live == null) {
      return;
    }
    long sent = ticker.read();
    CompletableFuture<Void> _ =
        CompletableFuture.completedFuture(live)
            .thenCompose(connector::objection)
            .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
            .thenAcceptAsync(objection -> beat(live, sent, objection), thread)
            .exceptionallyAsync(
                failure -> {
                  missed(live);
                  return null;
                },
                thread);
  }

  private void beat(Live live, long sent, Optional<String> objection) {
    if (live.equals(redis.live())) {
      if (objection.isPresent()) {
        lost(live.connection(), objection.get());
      } else {
        confirm(sent);
        meters.heartbeat(Duration.ofNanos(ticker.read() - sent));
      }
    }
  }

  private void missed(Live live) {
    if (ticker.read() - confirmedAt > silence) {
      lost(live.connection(), "silent");
    }
  }

  private void lost(StatefulRedisConnection<String, String> connection, String why) {
    Live live = redis.live();
    if (live != null && live.connection().equals(connection)) {
      redis.down(why);
      coherence.disconnected();
      Nodes.close(connection);
      retry(why);
    }
  }

  private void retry(String why) {
    if (!why.equals(trouble)) {
      LOG.warn("No connection to Redis, trying again and again: {}", why);
      trouble = why;
    }
    redis.down(why);
    ScheduledFuture<?> _ = thread.schedule(this::connect, backoffMillis, TimeUnit.MILLISECONDS);
    backoffMillis = Math.min(MAX_BACKOFF_MILLIS, backoffMillis * 2 + 10);
  }

  /** Ends the thread and gives up the connection, which whoever made the client closes. */
  @Override
  public void close() {
    thread.shutdownNow();
    redis.down("closed");
    coherence.disconnected();
  }
}
