package dev.portcullis.load.latency;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * The times of the requests that count. Safe for threads, as long as all have ended when they are
 * asked for.
 */
final class Latencies {
  private static final int DIGITS = 3;
  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final Plan plan;
  private final Histogram times = new ConcurrentHistogram(DIGITS);
  private final LongAdder failures = new LongAdder();
  private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);
  private final long[] begun;

  Latencies(Plan plan) {
    this.plan = plan;
    this.begun = new long[plan.counted()];
    Arrays.fill(begun, NOT_BEGUN);
  }

  /**
   * Notes one request.
   *
   * @param number from 0, in the order in which they are due
   * @param from when it was begun, by the monotonic clock, in nanoseconds
   * @param to when it was answered
   * @param good whether it was answered as it should be
   */
  void ended(long number, long from, long to, boolean good) {
    int index = Math.toIntExact(number - plan.first());
    if (index < 0 || index >= begun.length) {
      return;
    }
    begun[index] = from;
    times.recordValue(Math.max(0, to - from));
    last.accumulateAndGet(to, Math::max);
    if (!good) {
      failures.increment();
    }
  }

  /**
   * What came of it: counts, requests a second, and times in microseconds, of requests and of how
   * much later than due they were begun; the least late is taken to be in time.
   */
  String json() {
    long count = times.getTotalCount();
    if (count == 0) {
      return "{\"count\": 0}";
    }
    long start = Arrays.stream(begun).filter(at -> at != NOT_BEGUN).min().orElseThrow();
    Histogram late = late();
    return String.format(
        Locale.ROOT,
        "{\"count\": %d, \"failures\": %d, \"perSecond\": %.1f, \"p50\": %.1f, \"p90\": %.1f,"
            + " \"p99\": %.1f, \"p999\": %.1f, \"max\": %.1f, \"late50\": %.1f, \"late99\": %.1f,"
            + " \"lateMax\": %.1f}",
        count,
        failures.sum(),
        count * 1e9 / (last.get() - start),
        micros(times, 50),
        micros(times, 90),
        micros(times, 99),
        micros(times, 99.9),
        micros(times, 100),
        micros(late, 50),
        micros(late, 99),
        micros(late, 100));
  }

  private Histogram late() {
    long origin = Long.MAX_VALUE;
    for (int i = 0; i < begun.length; i++) {
      origin = begun[i] == NOT_BEGUN ? origin : Math.min(origin, begun[i] - plan.due(i));
    }
    Histogram late = new Histogram(DIGITS);
    for (int i = 0; i < begun.length; i++) {
      if (begun[i] != NOT_BEGUN) {
        late.recordValue(begun[i] - plan.due(i) - origin);
      }
    }
    return late;
  }

  private static double micros(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e3;
  }
}
