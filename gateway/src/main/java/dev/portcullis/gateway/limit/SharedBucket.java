package dev.portcullis.gateway.limit;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.policy.Limit;
import java.time.Duration;
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
  private final Foresight foresight;
  private final boolean quota;
  private final Waiters waiters = new Waiters();
  private boolean asking;
  private boolean scarce;
  private boolean retired;
  private volatile @Nullable Lease lease;
  private volatile @Nullable Shortage shortage;

  SharedBucket(BucketKey key, BucketStore store, Ticker ticker) {
    this.key = key;
    this.store = store;
    this.ticker = ticker;
    this.terms = Terms.of(key.limits());
    this.foresight = new Foresight(terms);
    this.quota = key.limits().limits().stream().map(Limit::window).anyMatch(Limit.Window::isQuota);
  }

  /** The permits that are asked for at an instant. */
  private record Request(long permits, long sentAt) {}

  /** What is to be done once the lock is given up. */
  private record Settlement(List<Waiters.Answer> answers, long returned, Optional<Request> next) {}

  /** How a request stands that is refused without asking anybody; empty where it is not. */
  Optional<Standing> refusing(long cost) {
    if (cost > terms.atOnce()) {
      Limit scarcest = terms.scarcest(key.limits());
      return Optional.of(new Standing(scarcest, 0, scarcest.window().duration()));
    }
    Shortage known = shortage;
    if (known == null) {
      return Optional.empty();
    }
    long now = ticker.read();
    Lease held = lease;
    return held != null && held.isAlive(now) && held.has(cost)
        ? Optional.empty()
        : known.refusing(cost, now);
  }

  /** Takes the permits for one request; complete already where nobody need be asked. */
  CompletableFuture<Grant> take(long cost) {
    Lease held = lease;
    if (held != null && held.isAlive(ticker.read()) && held.take(cost)) {
      return CompletableFuture.completedFuture(new Grant.Given(held.standing(), held));
    }
    Optional<Standing> refusing = refusing(cost);
    if (refusing.isPresent()) {
      return CompletableFuture.completedFuture(new Grant.Refused(refusing.get()));
    }
    CompletableFuture<Grant> grant;
    Optional<Request> request;
    synchronized (this) {
      grant = waiters.add(cost);
      request = asking ? Optional.empty() : Optional.of(request());
    }
    request.ifPresent(this::send);
    return grant;
  }

  /** Gives back what was given for a request that is refused all the same. */
  void giveBack(Grant.Given given, long cost) {
    if (!given.from().isAlive(ticker.read()) || !given.from().giveBack(cost)) {
      CompletionStage<Void> _ = giveBack(given.from(), cost);
    }
  }

  private CompletionStage<Void> giveBack(Lease from, long permits) {
    long returned = from.returnable(permits, ticker.read());
    return returned > 0 ? store.giveBack(key, returned) : CompletableFuture.completedStage(null);
  }

  /** Ends its life: gives back what is left of a lease, where it would be missed. */
  CompletionStage<Void> retire() {
    synchronized (this) {
      retired = true;
    }
    return closeLease();
  }

  private CompletionStage<Void> closeLease() {
    Lease held = lease;
    long unused = held == null ? 0 : held.close();
    return held != null && quota ? giveBack(held, unused) : CompletableFuture.completedStage(null);
  }

  /** For all who wait, and ahead where there are leases. */
  private Request request() {
    asking = true;
    long now = ticker.read();
    return new Request(waiters.cost() + foresight.ahead(lease, scarce, now), now);
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
            case Withdrawal.Unavailable(String cause) ->
                new Settlement(waiters.all(new Grant.Unavailable(cause)), 0, Optional.empty());
          };
    }
    if (settlement.returned > 0) {
      CompletionStage<Void> _ = store.giveBack(key, settlement.returned);
    }
    for (Waiters.Answer answer : settlement.answers) {
      // Who has just given up does not hear of it.
      if (!answer.waiter().complete(answer.grant()) && answer.grant() instanceof Grant.Given it) {
        giveBack(it, answer.cost());
      }
    }
    settlement.next.ifPresent(this::send);
  }

  private Settlement share(Request request, Withdrawal.Taken taken) {
    Level level = new Level(key.limits().limits(), terms.capacities(), taken.left(), taken.at());
    Lease fresh = lease(request.sentAt, level);
    long permits = taken.permits() + rest();
    scarce = taken.permits() < request.permits;
    Waiters.Shares shares = waiters.share(permits, fresh, level, scarce);
    shares.refused().ifPresent(cost -> remember(cost, level, shares.unused(), request.sentAt));
    if (scarce && terms.portion() > 0) {
      remember(1, level, 0, request.sentAt);
    }
    long kept = retired || terms.portion() == 0 ? 0 : Math.min(shares.unused(), taken.permits());
    if (terms.portion() > 0) {
      fresh.open(kept, permits - shares.unused());
    }
    lease = fresh;
    long spare = terms.portion() == 0 || quota ? shares.unused() - kept : 0;
    return new Settlement(
        shares.answers(),
        fresh.returnable(spare, ticker.read()),
        waiters.isEmpty() ? Optional.empty() : Optional.of(request()));
  }

  private Lease lease(long sentAt, Level level) {
    long midnight = sentAt + level.untilMidnight().toNanos();
    long end = sentAt + terms.lease().toNanos();
    return new Lease(
        level,
        sentAt,
        quota && midnight - end < 0 ? midnight : end,
        quota ? midnight - MARGIN.toNanos() : Long.MAX_VALUE / 2 + sentAt);
  }

  private void remember(long cost, Level level, long unused, long sentAt) {
    Standing refusing = level.refusing(cost, unused);
    // Where portions are taken, one is waited for.
    Duration pause = terms.lease().multipliedBy(3);
    Duration wait = refusing.reset().compareTo(pause) < 0 ? pause : refusing.reset();
    long memory = Math.min(wait.toNanos(), LONGEST_MEMORY.toNanos());
    shortage = new Shortage(cost, sentAt, sentAt + memory, refusing);
  }

  /** What the lease before still has; it is used first, for it ends first. */
  private long rest() {
    Lease last = lease;
    if (last != null && last.isAlive(ticker.read())) {
      return last.close();
    }
    CompletionStage<Void> _ = closeLease();
    return 0;
  }
}
