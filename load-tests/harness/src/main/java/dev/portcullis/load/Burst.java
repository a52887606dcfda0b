package dev.portcullis.load;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** A number of requests by workers that start together and each send one after the other. */
final class Burst {
  private static final int TOLD_EVERY = 10_000;

  private Burst() {}

  /**
   * Sends them all, and waits for the last answer.
   *
   * @param progress is told how many were sent, now and then
   */
  static List<Sample> run(
      int workers, int requests, IntConsumer progress, Supplier<Sample> request) {
    ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
    AtomicInteger sent = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(workers);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < workers; i++) {
        threads.execute(
            () -> {
              start.countDown();
              awaitAll(start);
              for (int n = sent.incrementAndGet(); n <= requests; n = sent.incrementAndGet()) {
                samples.add(request.get());
                if (n % TOLD_EVERY == 0) {
                  progress.accept(n);
                }
              }
            });
      }
    }
    return List.copyOf(samples);
  }

  private static void awaitAll(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
