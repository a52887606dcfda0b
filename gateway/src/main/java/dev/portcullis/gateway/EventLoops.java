package dev.portcullis.gateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * The event loops and connections that all servers and clients share, whose end is waited for only
 * so long. By then all requests are answered, but the store is still to be closed.
 */
final class EventLoops extends ReactorResourceFactory {
  /** More than the loops themselves are given to end. */
  static final Duration LONGEST_END = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

  private final Duration longest;
  private volatile boolean ending;

  /** Their end is waited for this long at most. */
  EventLoops(Duration longest) {
    this.longest = longest;
  }

  @Override
  public void stop(Runnable callback) {
    ending = true;
    CompletableFuture<Void> _ =
        CompletableFuture.runAsync(
                this::stop,
                task -> Thread.ofPlatform().daemon().name("event-loops-end").start(task))
            .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (_, failure) -> {
                  if (failure != null) {
                    LOG.warn("The event loops did not end as they should: {}", failure.toString());
                  }
                  callback.run();
                });
  }

  /** Ends them, unless that was begun: whoever waits for it then would wait without a bound. */
  @Override
  public void destroy() {
    if (!ending) {
      stop();
    }
  }
}
