package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The requests that wait to be told of in the audit trail. */
class ActivityTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final int SIZE = 3;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Activity activity = new Activity(SIZE, () -> NOW);

  private static ServedRequest served(String path) {
    return new ServedRequest(
        NOW,
        "ada",
        Optional.empty(),
        "t1",
        Optional.of("t1"),
        Optional.empty(),
        "POST",
        path,
        200,
        "logs:POST /**");
  }

  private static List<String> paths(List<ServedRequest> requests) {
    return requests.stream().map(ServedRequest::path).toList();
  }

  @Test
  void givesOutTheOldestFirstAndSoManyAtOnce() {
    Stream.of("/1", "/2", "/3").map(ActivityTest::served).forEach(activity::record);
    assertThat(paths(activity.next(2))).containsExactly("/1", "/2");
    assertThat(paths(activity.next(2))).containsExactly("/3");
    assertThat(activity.next(2)).isEmpty();
  }

  @Test
  void dropsWhatItHasNoRoomForAndCountsIt() {
    Stream.of("/1", "/2", "/3", "/4", "/5").map(ActivityTest::served).forEach(activity::record);
    assertThat(activity.dropped()).isEqualTo(2);
    assertThat(activity.kept()).isEqualTo(SIZE);
    assertThat(paths(activity.next(10))).containsExactly("/1", "/2", "/3");
  }

  @Test
  void hasRoomAgainOnlyOnceWhatWasTakenOutIsWritten() {
    Stream.of("/1", "/2", "/3").map(ActivityTest::served).forEach(activity::record);
    activity.next(2);
    activity.record(served("/4"));
    assertThat(activity.dropped()).as("two are being written").isEqualTo(1);
    activity.written(2);
    activity.record(served("/5"));
    assertThat(paths(activity.next(10))).containsExactly("/3", "/5");
  }

  /** What the threads of a crowd waited for, and what they allocated a request. */
  private record Cost(long waits, long bytesEach) {}

  private static Cost cost(Activity activity, int requests) {
    ServedRequest request = served("/x");
    long thread = Thread.currentThread().threadId();
    ThreadInfo before = THREADS.getThreadInfo(thread);
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    for (int i = 0; i < requests; i++) {
      activity.record(request);
    }
    long bytes = THREADS.getThreadAllocatedBytes(thread) - allocated;
    ThreadInfo after = THREADS.getThreadInfo(thread);
    return new Cost(
        after.getBlockedCount()
            + after.getWaitedCount()
            - before.getBlockedCount()
            - before.getWaitedCount(),
        bytes / requests);
  }

  @Test
  void neverHasARequestWaitForAnotherOrForTheWriterAndCostsLittle() throws Exception {
    Activity crowded = new Activity(50_000, () -> NOW);
    int each = 100_000;
    try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
      Future<Integer> writer =
          threads.submit(
              () -> {
                int taken = 0;
                while (!Thread.currentThread().isInterrupted() && taken < 20_000) {
                  int now = crowded.next(100).size();
                  crowded.written(now);
                  taken += now;
                }
                return taken;
              });
      List<Future<Cost>> costs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        costs.add(threads.submit(() -> cost(crowded, each)));
      }
      for (Future<Cost> cost : costs) {
        assertThat(cost.get(1, TimeUnit.MINUTES).waits()).isZero();
        assertThat(cost.get().bytesEach()).isLessThan(64);
      }
      int taken = writer.get(1, TimeUnit.MINUTES);
      assertThat(taken + crowded.kept() + crowded.dropped()).isEqualTo(4L * each);
      assertThat(crowded.kept()).isLessThanOrEqualTo(50_000);
    }
  }
}
