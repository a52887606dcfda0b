package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.Outcome;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The connection there is at the moment, if there is one. {@link ConnectionKeeper} replaces it. */
final class RedisConnection {
  private final InstantSource clock;
  private volatile @Nullable Live live;
  private volatile Failures.NotConnected down = new Failures.NotConnected("not yet");
  private volatile Link link;

  /**
   * How the connection stands.
   *
   * @param everUp whether there was one before
   * @param since from when on it is as it is
   * @param trouble why there is none
   */
  record Link(boolean isUp, boolean everUp, Instant since, String trouble) {}

  /** None yet. */
  RedisConnection(InstantSource clock) {
    this.clock = clock;
    this.link = new Link(false, false, clock.instant(), "not yet");
  }

  /** Asks Redis, or fails at once when there is no connection. Never waits. */
  <T> CompletionStage<T> ask(
      Function<RedisAsyncCommands<String, String>, CompletionStage<T>> question) {
    Live now = live;
    if (now == null) {
      return CompletableFuture.failedStage(down);
    }
    try {
      return question.apply(now.connection().async());
    } catch (RedisException e) {
      // Thrown at once where too many commands wait for their answers.
      return CompletableFuture.failedStage(e);
    } catch (IllegalStateException e) {
      // Thrown by a client that is being closed, whose timer has stopped.
      return CompletableFuture.failedStage(new Failures.NotConnected("closed"));
    }
  }

  /** Asks Redis; where there is no answer, that is the outcome. */
  <T> CompletionStage<Outcome<T>> answer(
      Function<RedisAsyncCommands<String, String>, CompletionStage<Outcome<T>>> question) {
    return ask(question)
        .exceptionally(failure -> new Outcome.Unavailable<>(Failures.cause(failure)));
  }

  /** Whether there is one. */
  boolean isUp() {
    return live != null;
  }

  @Nullable Live live() {
    return live;
  }

  /** How it stands, for operators. */
  Link link() {
    return link;
  }

  synchronized void up(Live connection) {
    live = connection;
    link = new Link(true, true, clock.instant(), "");
  }

  synchronized void down(String why) {
    down = new Failures.NotConnected(why);
    live = null;
    Link before = link;
    Instant since = before.isUp() ? clock.instant() : before.since();
    link = new Link(false, before.everUp(), since, why);
  }
}
