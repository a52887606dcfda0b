package dev.portcullis.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * A load that starts one request each interval, whether or not earlier ones were answered, until it
 * is stopped or its limit is reached.
 */
final class OpenLoop {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> pace;
  private volatile boolean stopped;

  private OpenLoop(Duration interval, int limit, IntFunction<Sample> request) {
    pace = CompletableFuture.runAsync(() -> pace(interval, limit, request), threads);
  }

  /**
   * Starts at once.
   *
   * @param limit the most requests to send
   * @param request sends the request of this number, from 0
   */
  static OpenLoop start(Duration interval, int limit, IntFunction<Sample> request) {
    return new OpenLoop(interval, limit, request);
  }

  private void pace(Duration interval, int limit, IntFunction<Sample> request) {
    long start = System.nanoTime();
    for (int i = 0; i < limit && !stopped; i++) {
      int number = i;
      threads.execute(() -> samples.add(request.apply(number)));
      Bench.pass(Duration.ofNanos(start + (i + 1) * interval.toNanos() - System.nanoTime()));
    }
  }

  /** Sends no more, and waits for the answers that are due. */
  List<Sample> stop() {
    stopped = true;
    pace.join();
    threads.close();
    return List.copyOf(samples);
  }
}
