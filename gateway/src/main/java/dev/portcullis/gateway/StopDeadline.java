package dev.portcullis.gateway;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The longest that stopping may take. Whatever waits for ever then, a service manager's restart and
 * the lock on the data directory must not wait with it; nothing acknowledged is lost.
 */
final class StopDeadline {
  /** Twice what requests under way are given to end. */
  static final Duration DEFAULT = Duration.ofSeconds(60);

  private static final int TERMINATED = 143;

  private StopDeadline() {}

  /** Ends the process this long after it began to stop, unless it ended by itself. */
  static void set(Duration deadline) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> Thread.ofPlatform().daemon().name("stop-deadline").start(() -> end(deadline)),
                "stop-begins"));
  }

  private static void end(Duration deadline) {
    try {
      if (!new CountDownLatch(1).await(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("portcullis: stopping took longer than " + deadline + "; ended");
        Runtime.getRuntime().halt(TERMINATED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
