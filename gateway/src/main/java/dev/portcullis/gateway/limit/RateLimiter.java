package dev.portcullis.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.policy.Limit.OnOutage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests as far as all limits that hold for them allow, over all gateways. A request that
 * one of them refuses is counted by none.
 */
public final class RateLimiter implements AutoCloseable {
  /** How many buckets a gateway remembers by default. */
  public static final int DEFAULT_SIZE = 100_000;

  private static final Duration IDLE = Duration.ofSeconds(30);

  private final BucketStore store;
  private final Ticker ticker;
  private final Cache<BucketKey, SharedBucket> buckets;

  /**
   * Counts in this store.
   *
   * @param size how many buckets to remember; what is forgotten is asked of the store again
   */
  public RateLimiter(BucketStore store, int size, Ticker ticker) {
    this.store = store;
    this.ticker = ticker;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfterAccess(IDLE)
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .ticker(ticker)
            .<BucketKey, SharedBucket>removalListener(
                (key, bucket, cause) -> {
                  if (bucket != null) {
                    CompletionStage<Void> _ = bucket.retire();
                  }
                })
            .build();
  }

  /**
   * Counts a request, or refuses it. The stage never fails, and is complete already where nobody
   * had to be asked.
   *
   * @param keys of all limits that hold for it, those first that are the caller's own
   * @param cost how many requests it counts for, 0 or more
   * @param patienceNanos after which a store that did not answer counts as unavailable
   */
  public CompletionStage<Verdict> admit(List<BucketKey> keys, long cost, long patienceNanos) {
    if (cost == 0 || keys.isEmpty()) {
      return CompletableFuture.completedStage(Verdict.UNLIMITED);
    }
    long deadline = ticker.read() + patienceNanos;
    if (keys.size() == 1) {
      return new Admission(keys, List.of(bucket(keys.getFirst())), cost, deadline).next();
    }
    List<SharedBucket> all = new ArrayList<>(keys.size());
    for (BucketKey key : keys) {
      SharedBucket bucket = bucket(key);
      Optional<Standing> refusing = bucket.refusing(cost);
      if (refusing.isPresent()) {
        return CompletableFuture.completedStage(new Verdict.Exceeded(refusing.get()));
      }
      all.add(bucket);
    }
    return new Admission(keys, all, cost, deadline).next();
  }

  private SharedBucket bucket(BucketKey key) {
    SharedBucket known = buckets.getIfPresent(key);
    return known == null
        ? buckets.get(key, missing -> new SharedBucket(missing, store, ticker))
        : known;
  }

  /** Tells whether a request would be admitted, and counts nothing. */
  public CompletionStage<Verdict> estimate(List<BucketKey> keys, long cost) {
    CompletionStage<Verdict> verdict = CompletableFuture.completedStage(Verdict.UNLIMITED);
    for (BucketKey key : keys) {
      verdict =
          verdict.thenCompose(
              so ->
                  so instanceof Verdict.Admitted admitted && cost > 0
                      ? store.take(key, 0).thenApply(found -> estimate(admitted, key, cost, found))
                      : CompletableFuture.completedStage(so));
    }
    return verdict;
  }

  private static Verdict estimate(
      Verdict.Admitted before, BucketKey key, long cost, Withdrawal found) {
    return switch (found) {
      case Withdrawal.Unavailable(String cause) ->
          key.limits().onOutage() == OnOutage.ALLOW
              ? new Verdict.Admitted(before.tightest(), true)
              : new Verdict.Unavailable(cause);
      case Withdrawal.Taken taken -> {
        Level level =
            new Level(
                key.limits().limits(),
                Terms.of(key.limits()).capacities(),
                taken.left(),
                taken.at());
        yield level.tightest().remaining() < cost
            ? new Verdict.Exceeded(level.refusing(cost, 0))
            : new Verdict.Admitted(
                tighter(before.tightest(), level.tightest()), before.uncounted());
      }
    };
  }

  private static Optional<Standing> tighter(Optional<Standing> one, Standing other) {
    return one.isPresent() && one.get().isTighterThan(other) ? one : Optional.of(other);
  }

  /** How many buckets are remembered. */
  public long size() {
    return buckets.estimatedSize();
  }

  /** Gives back what was taken ahead and would be missed, and waits until the store has it. */
  @Override
  public void close() {
    CompletableFuture.allOf(
            buckets.asMap().values().stream()
                .map(bucket -> bucket.retire().toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();
    buckets.invalidateAll();
  }

  /** One request on its way through its buckets. */
  private final class Admission {
    private final List<BucketKey> keys;
    private final List<SharedBucket> all;
    private final long cost;
    private final long deadline;
    private int at;
    private @Nullable Standing tightest;
    private boolean uncounted;
    private final Grant.@Nullable Given[] given;

    Admission(List<BucketKey> keys, List<SharedBucket> all, long cost, long deadline) {
      this.keys = keys;
      this.all = all;
      this.cost = cost;
      this.deadline = deadline;
      this.given = new Grant.Given[all.size()];
    }

    CompletionStage<Verdict> next() {
      while (at < all.size()) {
        CompletableFuture<Grant> grant = all.get(at).take(cost);
        if (!grant.isDone()) {
          return inTime(grant).thenCompose(this::proceed);
        }
        Optional<Verdict> end = weigh(grant.join());
        if (end.isPresent()) {
          return CompletableFuture.completedStage(end.get());
        }
      }
      return CompletableFuture.completedStage(
          new Verdict.Admitted(Optional.ofNullable(tightest), uncounted));
    }

    private CompletableFuture<Grant> inTime(CompletableFuture<Grant> grant) {
      return grant.completeOnTimeout(
          new Grant.Unavailable("the store did not count in time"),
          Math.max(0, deadline - ticker.read()),
          TimeUnit.NANOSECONDS);
    }

    private CompletionStage<Verdict> proceed(Grant grant) {
      return weigh(grant)
          .<CompletionStage<Verdict>>map(CompletableFuture::completedStage)
          .orElseGet(this::next);
    }

    /** The verdict, where this grant decides it. */
    private Optional<Verdict> weigh(Grant grant) {
      switch (grant) {
        case Grant.Refused(Standing standing) -> {
          giveBack();
          return Optional.of(new Verdict.Exceeded(standing));
        }
        case Grant.Unavailable(String cause) -> {
          if (keys.get(at).limits().onOutage() == OnOutage.DENY) {
            giveBack();
            return Optional.of(new Verdict.Unavailable(cause));
          }
          uncounted = true;
        }
        case Grant.Given it -> {
          given[at] = it;
          if (tightest == null || it.standing().isTighterThan(tightest)) {
            tightest = it.standing();
          }
        }
      }
      at++;
      return Optional.empty();
    }

    private void giveBack() {
      for (int i = 0; i < at; i++) {
        Grant.Given it = given[i];
        if (it != null) {
          all.get(i).giveBack(it, cost);
        }
      }
    }
  }
}
