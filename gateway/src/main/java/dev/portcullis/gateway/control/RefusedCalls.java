package dev.portcullis.gateway.control;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.limit.Monotonic;
import dev.portcullis.gateway.registry.Change;
import dev.portcullis.gateway.registry.Commit;
import dev.portcullis.gateway.registry.TokenRegistry;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The refused requests, on their way into the audit trail. No answer waits for it, and a store that
 * does not take an entry changes none. Those of nobody known, and of tokens that are for the APIs
 * only, are noted up to a rate, the others counted, and what they name is in the text alone, for
 * the trail has an index of each name; else whoever finds the port could fill the store.
 */
final class RefusedCalls {

  /**
   * Who was refused.
   *
   * @param author as the trail names them
   * @param organization whose operators may read of it: the caller's own, never the subject's
   * @param known whether it is an operator
   */
  record Caller(Author author, Optional<String> organization, boolean known) {
    static Caller of(Operator operator) {
      return new Caller(operator.author(), operator.organization(), operator.mayAnything());
    }

    static Caller unknown(Optional<String> address) {
      return new Caller(
          new Author(Operator.NOBODY, Optional.empty(), address), Optional.empty(), false);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(RefusedCalls.class);
  private static final int UNKNOWN_AT_ONCE = 20;
  private static final int UNKNOWN_PER_SECOND = 1;

  private final TokenRegistry registry;
  private final InstantSource clock;
  private final Bucket unknown;
  private final AtomicLong leftOut = new AtomicLong();

  /** To this registry. */
  RefusedCalls(TokenRegistry registry, InstantSource clock, Ticker ticker) {
    this.registry = registry;
    this.clock = clock;
    this.unknown =
        Bucket.builder()
            .addLimit(
                bandwidth ->
                    bandwidth
                        .capacity(UNKNOWN_AT_ONCE)
                        .refillGreedy(UNKNOWN_PER_SECOND, Duration.ofSeconds(1)))
            .withCustomTimePrecision(new Monotonic(ticker))
            .build();
  }

  /** Notes a refusal; what was asked of the gateway and failed for its own sake is none. */
  void note(AuditAction action, Caller caller, Subject subject, Problem problem) {
    if (!problem.status().is4xxClientError()) {
      return;
    }
    if (!caller.known() && !unknown.tryConsume(1)) {
      leftOut.incrementAndGet();
      return;
    }
    long missing = leftOut.getAndSet(0);
    registry
        .commit(Change.refused(entry(action, caller, subject, problem, missing)))
        .thenAccept(
            commit -> {
              if (!(commit instanceof Commit.Done)) {
                leftOut.addAndGet(missing + 1);
                LOG.warn("the audit trail did not take a refused {}: {}", action.word(), commit);
              }
            });
  }

  private AuditEntry entry(
      AuditAction action, Caller caller, Subject subject, Problem problem, long missing) {
    Subject indexed = caller.known() ? subject : Subject.NONE;
    Subject told = caller.known() ? Subject.NONE : subject;
    return new AuditEntry(
        clock.instant(),
        caller.author(),
        action,
        true,
        indexed.principal(),
        caller.organization(),
        indexed.token(),
        Map.of(),
        Map.of(),
        what(problem) + of(told) + leftOut(missing));
  }

  /** The names of the fields at fault, but nothing of what was in them. */
  private static String what(Problem problem) {
    String what =
        problem.errors().isEmpty()
            ? problem.detail()
            : problem.errors().stream()
                .map(FieldProblem::name)
                .distinct()
                .collect(Collectors.joining(", "));
    return problem.status().value() + ": " + what;
  }

  /** Ids, which are bounded in length. */
  private static String of(Subject told) {
    return told.principal().map(id -> "; it named principal " + id).orElse("")
        + told.token().map(id -> "; it named token " + id).orElse("");
  }

  private static String leftOut(long missing) {
    return missing == 0 ? "" : " (before this, " + missing + " refused calls were not noted)";
  }
}
