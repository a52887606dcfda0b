package dev.portcullis.gateway.meter;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of tokens as they stand in the store: how many, how old, how soon at their end. */
public final class TokenMeters {
  private final Instruments instruments;
  private final Map<GaugeKey, AtomicLong> counts = new ConcurrentHashMap<>();

  private record GaugeKey(Metric metric, String label) {}

  /** Registers with this registry. */
  public TokenMeters(MeterRegistry registry) {
    this.instruments = new Instruments(registry);
  }

  /**
   * Shows how many tokens there are.
   *
   * @param active neither revoked nor expired
   * @param old those of the active that count as old
   * @param ending those of the active that are about to end
   */
  public void states(long active, long old, long ending) {
    show(Metric.TOKENS, "active", active);
    show(Metric.TOKENS, "old", old);
    show(Metric.TOKENS, "ending", ending);
  }

  /**
   * Shows how many of the active tokens were made longer ago than this.
   *
   * @param than a fixed word
   */
  public void older(String than, long count) {
    show(Metric.TOKENS_OLDER, than, count);
  }

  /**
   * Shows how many of the active tokens end in this time.
   *
   * @param within a fixed word
   */
  public void expiring(String within, long count) {
    show(Metric.TOKENS_EXPIRING, within, count);
  }

  private void show(Metric metric, String label, long count) {
    counts
        .computeIfAbsent(
            new GaugeKey(metric, label),
            key -> {
              AtomicLong shown = new AtomicLong();
              instruments.gauge(key.metric, shown::get, key.label);
              return shown;
            })
        .set(count);
  }
}
