package dev.portcullis.gateway.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once a second what was left out of these logs, if anything was, and once more at the end.
 */
public final class LogSummaries implements AutoCloseable {
  /** How often it is said at most. */
  static final Duration PERIOD = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(LogSummaries.class);

  private final List<Sampler> logs;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("log-summaries").factory());

  /** Of these logs; silent until it has begun. */
  public LogSummaries(List<Sampler> logs) {
    this.logs = List.copyOf(logs);
  }

  /** Does it from now on, until it is closed. */
  public LogSummaries begun() {
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(
            this::tell, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void tell() {
    logs.forEach(log -> log.untold().ifPresent(suppressed -> suppressed.tell(LOG)));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    tell();
  }
}
