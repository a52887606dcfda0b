package dev.portcullis.gateway.meter;

import dev.portcullis.policy.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The gateway's meters. Labels are reasons, route ids, API names and fixed words only. */
public final class Meters {
  /** How the chain came to its decision. */
  public enum Outcome {
    /** Allowed from the near cache, without a remote call. */
    HIT,
    /** Allowed after a remote call. */
    MISS,
    /** Refused. */
    REFUSED,
    /** Refused because the store was gone. */
    OUTAGE
  }

  /** The label of an allowed request, where a refused one has its reason. */
  private static final String ALLOWED = "ALLOWED";

  private final MeterRegistry registry;
  private final Map<DecisionKey, Counter> decisions = new ConcurrentHashMap<>();
  private final Map<Outcome, Timer> chain = new ConcurrentHashMap<>();

  private record DecisionKey(String api, String route, String reason) {}

  /** Registers with this registry. */
  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts an allowed request. */
  public void allowed(String api, String route) {
    count(new DecisionKey(api, route, ALLOWED));
  }

  /** Counts a refused request; api and route are {@code none} where no route was found. */
  public void refused(String api, String route, Reason reason) {
    count(new DecisionKey(api, route, reason.name()));
  }

  private void count(DecisionKey key) {
    decisions
        .computeIfAbsent(
            key,
            k ->
                Counter.builder("portcullis.decisions")
                    .description("Requests by what was decided over them")
                    .tags("api", k.api, "route", k.route, "reason", k.reason)
                    .register(registry))
        .increment();
  }

  /** Records how long the chain took to decide. */
  public void decided(Outcome outcome, Duration took) {
    chain
        .computeIfAbsent(
            outcome,
            o ->
                Timer.builder("portcullis.chain")
                    .description("Time the chain took to decide")
                    .tag("outcome", o.name())
                    .publishPercentileHistogram()
                    .register(registry))
        .record(took);
  }
}
