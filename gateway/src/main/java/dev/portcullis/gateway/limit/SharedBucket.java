package dev.portcullis.gateway.limit;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.policy.Limit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One bucket as this gateway knows it: the requests that wait for it, what is left of a lease, and
 * until when it is known to be empty. One operation of the store is under way at a time, for all
 * who wait.
 */
final class SharedBucket {
  /** How long an empty bucket is not asked for again, at most: permits may have been given back. */
  private static final Duration LONGEST_MEMORY = Duration.ofSeconds(1);

  /** How long before midnight nothing is given back any more: it could arrive after it. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private final BucketKey key;
  private final BucketStore store;
  private final Ticker ticker;
  private final Terms terms;
  private final boolean quota;
  private final Deque<Waiter> waiting = new ArrayDeque<>();
  private boolean asking;
  private boolean scarce;
  private final Foresight foresight;
  private volatile long quotaEndsAt;
  private volatile @Nullable Lease lease;
  private volatile @Nullable Empty empty;

  SharedBucket(BucketKey key, BucketStore store, Ticker ticker) {
    this.key = key;
    this.store = store;
    this.ticker = ticker;
    this.terms = Terms.of(key.limits());
    this.foresight = new Foresight(terms);
    this.quota = key.limits().limits().stream().map(Limit::window).anyMatch(Limit.Window::isQuota);
  }

  private record Waiter(long cost, CompletableFuture<Grant> grant) {}

  /** A refusal that stands until an instant, for requests that cost as much or more. */
  private record Empty(long cost, long until, long since, Standing standing) {}

  /** The permits that are asked for at an instant. */
  private record Request(long permits, long sentAt) {}

  /** What is to be done once the lock is given up. */
  private record Settlement(
      List<Waiter> served, List<Grant> grants, long spare, Optional<Request> next) {}

  /** What was just found empty refuses a request, without asking anybody. */
  Optional<Standing> refusing(long cost) {
    Empty known = empty;
    if (known == null || cost < known.cost) {
      return Optional.empty();
    }
    long now = ticker.read();
    if (now - known.until >= 0) {
      return Optional.empty();
    }
    Lease held = lease;
    if (held != null && held.isAlive(now) && held.has(cost)) {
      return Optional.empty();
    }
    Duration wait = known.standing.reset().minusNanos(now - known.since);
    return Optional.of(
        new Standing(
            known.standing.limit(),
            known.standing.remaining(),
            wait.isNegative() ? Duration.ZERO : wait));
  }

  /** Takes the permits for one request; complete already where nobody need be asked. */
  CompletableFuture<Grant> take(long cost) {
    Lease held = lease;
    if (held != null && held.isAlive(ticker.read()) && held.take(cost)) {
      return CompletableFuture.completedFuture(new Grant.Given(held.standing()));
    }
    Optional<Standing> refusing = refusing(cost);
    if (refusing.isPresent()) {
      return CompletableFuture.completedFuture(new Grant.Refused(refusing.get()));
    }
    Waiter waiter = new Waiter(cost, new CompletableFuture<>());
    Optional<Request> request;
    synchronized (this) {
      waiting.add(waiter);
      request = asking ? Optional.empty() : Optional.of(request());
    }
    request.ifPresent(this::send);
    return waiter.grant;
  }

  /** Gives back what was taken for a request that another limit refused. */
  void giveBack(long cost) {
    Lease held = lease;
    if (held != null && held.isAlive(ticker.read())) {
      held.giveBack(cost);
    } else {
      returned(cost);
    }
  }

  /** Gives back what is left of a lease, where it would be missed. */
  void retire() {
    Lease held = lease;
    long unused = held == null ? 0 : held.empty();
    if (quota) {
      returned(unused);
    }
  }

  /** What was taken of one day's quota must not be put into the next day's. */
  private void returned(long permits) {
    if (permits > 0 && (!quota || ticker.read() - quotaEndsAt < 0)) {
      CompletionStage<Void> _ = store.giveBack(key, permits);
    }
  }

  /** For all who wait, and ahead where the last lease did not last. */
  private Request request() {
    asking = true;
    long now = ticker.read();
    long needed = 0;
    for (Waiter waiter : waiting) {
      needed += waiter.cost;
    }
    return new Request(needed + foresight.ahead(lease, scarce, now), now);
  }

  private void send(Request request) {
    CompletionStage<Void> _ =
        CompletableFuture.completedFuture(request.permits)
            .thenCompose(permits -> store.take(key, permits))
            .exceptionally(failure -> new Withdrawal.Unavailable(failure.toString()))
            .thenAccept(withdrawal -> settle(request, withdrawal));
  }

  private void settle(Request request, Withdrawal withdrawal) {
    Settlement settlement;
    synchronized (this) {
      asking = false;
      settlement =
          switch (withdrawal) {
            case Withdrawal.Taken taken -> share(request, taken);
            case Withdrawal.Unavailable(String cause) -> fail(cause);
          };
    }
    returned(settlement.spare);
    for (int i = 0; i < settlement.served.size(); i++) {
      settlement.served.get(i).grant.complete(settlement.grants.get(i));
    }
    settlement.next.ifPresent(this::send);
  }

  private Settlement fail(String cause) {
    List<Waiter> all = List.copyOf(waiting);
    waiting.clear();
    Grant unavailable = new Grant.Unavailable(cause);
    return new Settlement(all, all.stream().map(_ -> unavailable).toList(), 0, Optional.empty());
  }

  private Settlement share(Request request, Withdrawal.Taken taken) {
    Level level = new Level(key.limits().limits(), terms.capacities(), taken.left(), taken.at());
    Standing standing = level.tightest();
    scarce = taken.permits() < request.permits;
    long unused = taken.permits() + rest();
    quotaEndsAt = request.sentAt + level.untilMidnight().minus(MARGIN).toNanos();
    List<Waiter> served = new ArrayList<>();
    List<Grant> grants = new ArrayList<>();
    List<Waiter> later = new ArrayList<>();
    for (Waiter waiter : waiting) {
      if (waiter.grant.isDone()) {
        continue;
      }
      if (waiter.cost <= unused) {
        unused -= waiter.cost;
        served.add(waiter);
        grants.add(
            new Grant.Given(
                new Standing(standing.limit(), standing.remaining() + unused, standing.reset())));
      } else if (scarce) {
        Standing refusing = level.refusing(waiter.cost, unused);
        served.add(waiter);
        grants.add(new Grant.Refused(refusing));
        remember(waiter.cost, refusing, request.sentAt);
      } else {
        later.add(waiter);
      }
    }
    if (scarce && terms.portion() > 0) {
      remember(1, level.refusing(1, 0), request.sentAt);
    }
    waiting.clear();
    waiting.addAll(later);
    return new Settlement(
        served,
        grants,
        spare(request, taken, unused, level),
        waiting.isEmpty() ? Optional.empty() : Optional.of(request()));
  }

  private void remember(long cost, Standing refusing, long sentAt) {
    Empty known = empty;
    if (known != null && known.since == sentAt && known.cost <= cost) {
      return;
    }
    // Where portions are taken, one is waited for.
    Duration pause = terms.lease().multipliedBy(2);
    Duration wait = refusing.reset().compareTo(pause) < 0 ? pause : refusing.reset();
    long memory = Math.min(wait.toNanos(), LONGEST_MEMORY.toNanos());
    empty = new Empty(cost, sentAt + memory, sentAt, refusing);
  }

  /** What the lease before still has; it is used first, for it ends first. */
  private long rest() {
    Lease last = lease;
    if (last != null && last.isAlive(ticker.read())) {
      return last.empty();
    }
    retire();
    return 0;
  }

  /** Makes a lease of what is unused, where there are leases; what cannot be kept is given back. */
  private long spare(Request request, Withdrawal.Taken taken, long unused, Level level) {
    if (terms.portion() == 0) {
      return unused;
    }
    long kept = Math.min(unused, taken.permits());
    Duration life = terms.lease();
    if (quota && level.untilMidnight().compareTo(life) < 0) {
      life = level.untilMidnight();
    }
    long end = request.sentAt + life.toNanos();
    lease = new Lease(kept, taken.permits() - kept, request.sentAt, end, level.tightest());
    return quota ? unused - kept : 0;
  }
}
