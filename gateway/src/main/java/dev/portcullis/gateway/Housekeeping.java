package dev.portcullis.gateway;

import dev.portcullis.gateway.meter.TokenMeters;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.registry.TokenRegistry.Census;
import dev.portcullis.gateway.token.LastUses;
import dev.portcullis.gateway.token.Use;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gateway does unasked, from time to time: notes last uses, counts tokens, finishes
 * deletions that were cut off, trims the audit trail. What fails is done the next time.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration USES = Duration.ofSeconds(5);
  private static final Duration COUNT = Duration.ofSeconds(15);
  private static final Duration TRIM = Duration.ofHours(1);
  private static final int USES_AT_ONCE = 500;

  /** The ages by which tokens are counted. */
  private static final List<Span> AGES = days(30, 90, 180, 365);

  /** The times to their end by which tokens are counted. */
  private static final List<Span> REMAINDERS = days(1, 7, 30);

  /** A deletion begun earlier than this was cut off. */
  private static final Duration CUT_OFF = Duration.ofSeconds(30);

  private final Registrar registrar;
  private final AuditTrail trail;
  private final LastUses uses;
  private final TokenMeters meters;
  private final Spans spans;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  private record Span(String word, Duration length) {}

  private static List<Span> days(int... days) {
    return IntStream.of(days).mapToObj(it -> new Span(it + "d", Duration.ofDays(it))).toList();
  }

  /**
   * The spans of time that count.
   *
   * @param old the age from which a token is old
   * @param ending a token that ends within this is about to end
   * @param retention entries of the audit trail older than this are removed
   */
  record Spans(Duration old, Duration ending, Duration retention) {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * Spans that make sense.
     *
     * @throws IllegalArgumentException with a message for people, where one is not more than
     *     nothing, or over a hundred years
     */
    Spans {
      for (Duration span : List.of(old, ending, retention)) {
        if (!span.isPositive() || span.compareTo(LONGEST) > 0) {
          throw new IllegalArgumentException(
              span + " is not a span of more than nothing and at most a hundred years");
        }
      }
    }
  }

  Housekeeping(
      Registrar registrar,
      AuditTrail trail,
      LastUses uses,
      TokenMeters meters,
      Spans spans,
      InstantSource clock) {
    this.registrar = registrar;
    this.trail = trail;
    this.uses = uses;
    this.meters = meters;
    this.spans = spans;
    this.clock = clock;
  }

  /** Does it from now on, until it is closed. */
  Housekeeping begun() {
    every(USES, this::noteUses);
    every(COUNT, this::count);
    every(COUNT, this::finishDeletions);
    every(TRIM, this::trim);
    return this;
  }

  private void every(Duration period, Runnable work) {
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                LOG.error("housekeeping failed unexpectedly", e);
              }
            },
            Math.min(period.toMillis(), COUNT.toMillis()),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void noteUses() {
    List<Use> batch = uses.drain(USES_AT_ONCE);
    if (!batch.isEmpty()) {
      registrar
          .registry()
          .used(batch)
          .thenAccept(
              outcome -> {
                if (outcome instanceof Outcome.Unavailable) {
                  uses.putBack(batch);
                } else if (batch.size() == USES_AT_ONCE) {
                  noteUses();
                }
              });
    }
  }

  private void count() {
    Instant now = clock.instant();
    registrar
        .registry()
        .census(
            now,
            Stream.concat(Stream.of(spans.old), AGES.stream().map(Span::length))
                .map(now::minus)
                .toList(),
            Stream.concat(Stream.of(spans.ending), REMAINDERS.stream().map(Span::length))
                .map(now::plus)
                .toList())
        .thenAccept(
            outcome -> {
              if (outcome instanceof Outcome.Done(Census census)) {
                show(census);
              }
            });
  }

  private void show(Census census) {
    meters.states(census.active(), census.created().getFirst(), census.ending().getFirst());
    for (int i = 0; i < AGES.size(); i++) {
      meters.older(AGES.get(i).word, census.created().get(i + 1));
    }
    for (int i = 0; i < REMAINDERS.size(); i++) {
      meters.expiring(REMAINDERS.get(i).word, census.ending().get(i + 1));
    }
  }

  private void finishDeletions() {
    tell(
        "{} deletions of principals that were cut off are taken up again",
        registrar.principals().finishDeletions(clock.instant().minus(CUT_OFF)));
  }

  private void trim() {
    tell(
        "{} entries of the audit trail were older than the retention, and are removed",
        trail.trim(clock.instant().minus(spans.retention)));
  }

  private static void tell(String message, CompletionStage<Outcome<Long>> work) {
    work.thenAccept(
        outcome -> {
          if (outcome instanceof Outcome.Done(Long count) && count > 0) {
            LOG.info(message, count);
          } else if (!(outcome instanceof Outcome.Done)) {
            LOG.warn("housekeeping was not done, and is tried again later: {}", outcome);
          }
        });
  }

  /** Ends it; what was not noted by now is not. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
