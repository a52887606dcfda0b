package dev.portcullis.gateway.control;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.registry.Change;
import dev.portcullis.gateway.registry.Commit;
import dev.portcullis.gateway.registry.TokenRegistry;
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
 * only, are noted up to a rate, the others counted; else whoever finds the port could fill the
 * store.
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

  private final TokenRegistry registry;
  private final InstantSource clock;
  private final Allowance allowance;
  private final AtomicLong leftOut = new AtomicLong();

  /** To this registry; of unknown callers this many a second on average. */
  RefusedCalls(TokenRegistry registry, InstantSource clock, int unknownPerSecond) {
    this.registry = registry;
    this.clock = clock;
    this.allowance = new Allowance(unknownPerSecond, clock);
  }

  /** Notes a refusal; what was asked of the gateway and failed for its own sake is none. */
  void note(AuditAction action, Caller caller, Subject subject, Problem problem) {
    if (!problem.status().is4xxClientError()) {
      return;
    }
    if (!caller.known() && !allowance.take()) {
      leftOut.incrementAndGet();
      return;
    }
    long missing = leftOut.getAndSet(0);
    registry
        .commit(Change.refused(entry(action, caller, subject, detail(problem, missing))))
        .thenAccept(
            commit -> {
              if (!(commit instanceof Commit.Done)) {
                leftOut.addAndGet(missing + 1);
                LOG.warn("the audit trail did not take a refused {}: {}", action.word(), commit);
              }
            });
  }

  private AuditEntry entry(AuditAction action, Caller caller, Subject subject, String detail) {
    return new AuditEntry(
        clock.instant(),
        caller.author(),
        action,
        true,
        subject.principal(),
        caller.organization(),
        subject.token(),
        Map.of(),
        Map.of(),
        detail);
  }

  /** The names of the fields at fault, but nothing of what was in them. */
  private static String detail(Problem problem, long missing) {
    String what =
        problem.errors().isEmpty()
            ? problem.detail()
            : problem.errors().stream()
                .map(FieldProblem::name)
                .distinct()
                .collect(Collectors.joining(", "));
    String left =
        missing == 0 ? "" : " (before this, " + missing + " refused calls were not noted)";
    return problem.status().value() + ": " + what + left;
  }
}
