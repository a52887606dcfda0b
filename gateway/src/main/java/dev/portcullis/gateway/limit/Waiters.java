package dev.portcullis.gateway.limit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** The requests that wait for one bucket, in the order of their coming. Not safe for threads. */
final class Waiters {
  private Deque<Waiter> waiting = new ArrayDeque<>();

  private record Waiter(long cost, CompletableFuture<Grant> grant) {}

  /** What one of them is told. */
  record Answer(CompletableFuture<Grant> waiter, long cost, Grant grant) {}

  /**
   * What came of sharing permits.
   *
   * @param unused how many permits are left over
   * @param refused what the cheapest refused one costs
   */
  record Shares(List<Answer> answers, long unused, OptionalLong refused) {}

  CompletableFuture<Grant> add(long cost) {
    Waiter waiter = new Waiter(cost, new CompletableFuture<>());
    waiting.add(waiter);
    return waiter.grant;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How many permits they need together. */
  long cost() {
    long cost = 0;
    for (Waiter waiter : waiting) {
      cost += waiter.cost;
    }
    return cost;
  }

  /** Tells all of them the same. */
  List<Answer> all(Grant grant) {
    List<Answer> all =
        waiting.stream().map(each -> new Answer(each.grant, each.cost, grant)).toList();
    waiting.clear();
    return all;
  }

  /**
   * Shares permits among them; who has given up gets none.
   *
   * @param scarce whether there are no more, so that the others are refused; else they wait on
   */
  Shares share(long permits, Lease lease, Level level, boolean scarce) {
    long unused = permits;
    OptionalLong refused = OptionalLong.empty();
    List<Answer> answers = new ArrayList<>(waiting.size());
    Deque<Waiter> later = new ArrayDeque<>();
    for (Waiter waiter : waiting) {
      if (waiter.grant.isDone()) {
        continue;
      }
      if (waiter.cost <= unused) {
        unused -= waiter.cost;
        answers.add(
            new Answer(waiter.grant, waiter.cost, new Grant.Given(lease.standing(unused), lease)));
      } else if (scarce) {
        answers.add(
            new Answer(
                waiter.grant, waiter.cost, new Grant.Refused(level.refusing(waiter.cost, unused))));
        refused = OptionalLong.of(Math.min(refused.orElse(Long.MAX_VALUE), waiter.cost));
      } else {
        later.add(waiter);
      }
    }
    waiting = later;
    return new Shares(answers, unused, refused);
  }
}
