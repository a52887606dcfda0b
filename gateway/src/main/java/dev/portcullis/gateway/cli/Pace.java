package dev.portcullis.gateway.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Time as a command sees it: how much has passed, and waiting for more of it to pass. */
interface Pace {
  /** That of the machine. */
  Pace SYSTEM =
      new Pace() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) {
          CompletableFuture.runAsync(
                  () -> {},
                  CompletableFuture.delayedExecutor(duration.toMillis(), TimeUnit.MILLISECONDS))
              .join();
        }
      };

  /** Nanoseconds since some moment. */
  long nanos();

  /** Returns when so much time has passed. */
  void pause(Duration duration);
}
