package dev.portcullis.gateway.log;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Chooses which lines of a log are written, so that a flood of one kind neither hides the others
 * nor costs more than its first lines. Safe for threads.
 */
public final class Sampler {
  private final String log;
  private final LineRate rate;
  private final Ticker ticker;
  private final Map<String, LineBudget> budgets = new ConcurrentHashMap<>();

  /**
   * Has left nothing out yet.
   *
   * @param log its name, in the summaries
   * @param rate of each kind of line
   */
  public Sampler(String log, LineRate rate, Ticker ticker) {
    this.log = log;
    this.rate = rate;
    this.ticker = ticker;
  }

  /**
   * Whether a line is to be written; one that is not is counted.
   *
   * @param kind one of few: it is kept for good
   */
  public boolean admits(String kind) {
    long now = ticker.read();
    LineBudget budget = budgets.get(kind);
    if (budget == null) {
      budget = budgets.computeIfAbsent(kind, any -> new LineBudget(rate, now));
    }
    return budget.admits(now);
  }

  /** How many lines were left out, ever. */
  public long leftOut() {
    return budgets.values().stream().mapToLong(LineBudget::leftOut).sum();
  }

  /** What was left out since this was last asked; empty where that is nothing. */
  public Optional<Suppressed> untold() {
    Map<String, Long> byKind = new TreeMap<>();
    budgets.forEach(
        (kind, budget) -> {
          long lines = budget.untold();
          if (lines > 0) {
            byKind.put(kind, lines);
          }
        });
    return byKind.isEmpty() ? Optional.empty() : Optional.of(new Suppressed(log, byKind));
  }
}
