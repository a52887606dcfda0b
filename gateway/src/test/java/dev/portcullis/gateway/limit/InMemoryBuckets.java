package dev.portcullis.gateway.limit;

import dev.portcullis.policy.Limit;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/**
 * Counts in memory, at a time that the test sets. Answers at once, unless the test holds answers
 * back: what was asked for is then taken, but nobody hears of it yet.
 */
public final class InMemoryBuckets implements BucketStore {
  private final Map<String, Bucket> buckets = new HashMap<>();
  private final Deque<Held> held = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-06-01T12:00:00Z");
  private boolean down;
  private boolean holding;
  private int calls;
  private long givenBack;

  private record Held(CompletableFuture<Withdrawal> stage, Withdrawal answer) {}

  /** The store's clock. */
  public synchronized Instant now() {
    return now;
  }

  /** Lets this much time pass by the store's clock. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  /** From here on it does not answer. */
  public synchronized void breakDown() {
    down = true;
  }

  /** From here on it answers again. */
  public synchronized void recover() {
    down = false;
  }

  /** From here on answers wait for {@link #answer} or {@link #release}. */
  public synchronized void hold() {
    holding = true;
  }

  /** How many answers wait. */
  public synchronized int underWay() {
    return held.size();
  }

  /** Gives the answer that has waited longest. */
  public void answer() {
    Held first;
    synchronized (this) {
      first = held.removeFirst();
    }
    first.stage.complete(first.answer);
  }

  /** Gives all answers that wait, and from here on at once. */
  public void release() {
    synchronized (this) {
      holding = false;
    }
    while (underWay() > 0) {
      answer();
    }
  }

  /** How often permits were asked for, or a bucket was looked at. */
  public synchronized int calls() {
    return calls;
  }

  /** How many permits were given back, over all buckets. */
  public synchronized long givenBack() {
    return givenBack;
  }

  @Override
  public synchronized CompletionStage<Withdrawal> take(BucketKey key, long permits) {
    calls++;
    Withdrawal answer = down ? new Withdrawal.Unavailable("down") : taken(key, permits);
    if (!holding) {
      return CompletableFuture.completedStage(answer);
    }
    CompletableFuture<Withdrawal> stage = new CompletableFuture<>();
    held.addLast(new Held(stage, answer));
    return stage;
  }

  @Override
  public synchronized CompletionStage<Void> giveBack(BucketKey key, long permits) {
    if (!down) {
      givenBack += permits;
      bucket(key).addTokens(permits);
    }
    return CompletableFuture.completedStage(null);
  }

  private Withdrawal taken(BucketKey key, long permits) {
    VerboseResult<Long> result =
        permits == 0
            ? bucket(key).asVerbose().getAvailableTokens().withValue(0L)
            : bucket(key).asVerbose().tryConsumeAsMuchAsPossible(permits);
    List<Long> left =
        LongStream.of(result.getDiagnostics().getAvailableTokensPerEachBandwidth())
            .boxed()
            .toList();
    return new Withdrawal.Taken(result.getValue(), left, now);
  }

  private Bucket bucket(BucketKey key) {
    return buckets.computeIfAbsent(key.limits().id() + "||" + key.subject(), name -> full(key));
  }

  private Bucket full(BucketKey key) {
    List<Limit> limits = key.limits().limits();
    List<Long> capacities = new ArrayList<>(Terms.of(key.limits()).capacities());
    LocalBucketBuilder bucket = Bucket.builder().withCustomTimePrecision(new Time());
    for (int i = 0; i < limits.size(); i++) {
      bucket.addLimit(bandwidth(limits.get(i), capacities.get(i)));
    }
    return bucket.build();
  }

  private Bandwidth bandwidth(Limit limit, long capacity) {
    Duration window = limit.window().duration();
    Instant midnight =
        now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).plusDays(1).toInstant();
    return limit.window().isQuota()
        ? Bandwidth.builder()
            .capacity(capacity)
            .refillIntervallyAligned(limit.requests(), window, midnight)
            .build()
        : Bandwidth.builder().capacity(capacity).refillGreedy(limit.requests(), window).build();
  }

  private final class Time implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return ChronoUnit.NANOS.between(Instant.EPOCH, now());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
