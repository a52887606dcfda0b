package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Decision.Open;
import dev.portcullis.gateway.decision.Eventual.Now;
import dev.portcullis.gateway.limit.BucketKey;
import dev.portcullis.gateway.limit.ClientNetwork;
import dev.portcullis.gateway.limit.Standing;
import dev.portcullis.gateway.limit.Verdict;
import dev.portcullis.policy.LimitSet;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The chain's last step: counts a request that would pass against all limits that hold for it, the
 * caller's own first.
 */
final class LimitStep {
  private static final Comparator<BucketKey> OWN_FIRST =
      Comparator.comparing(key -> key.limits().per());

  private final RequestHead head;
  private final RouteMatch match;

  LimitStep(RequestHead head, RouteMatch match) {
    this.head = head;
    this.match = match;
  }

  /** Whoever weighs a request against the counts. */
  @FunctionalInterface
  interface Scale {
    /**
     * What all these limits say of a request that counts for so many.
     *
     * @param patienceNanos after which a store that did not answer counts as unavailable
     */
    CompletionStage<Verdict> weigh(List<BucketKey> keys, long cost, long patienceNanos);
  }

  /** The decision, less the requests that a limit refuses. */
  Eventual<Decision> within(Decision decision, Scale scale, long patienceNanos) {
    if (match.route().cost() == 0) {
      return new Now<>(decision);
    }
    List<BucketKey> keys =
        switch (decision) {
          case Denied _ -> List.of();
          case Open _ -> keys(Optional.empty());
          case Allowed allowed -> keys(Optional.of(allowed));
        };
    return keys.isEmpty()
        ? new Now<>(decision)
        : Eventual.of(scale.weigh(keys, match.route().cost(), patienceNanos))
            .map(verdict -> decide(decision, keys, verdict));
  }

  private List<BucketKey> keys(Optional<Allowed> caller) {
    Limits own = caller.map(allowed -> allowed.token().limits()).orElse(Limits.NONE);
    if (own.isEmpty() && match.route().limits().isEmpty() && match.policy().limits().isEmpty()) {
      return List.of();
    }
    List<BucketKey> keys = new ArrayList<>();
    add(own, caller, keys);
    add(match.route().limits(), caller, keys);
    add(match.policy().limits(), caller, keys);
    if (keys.size() > 1) {
      keys.sort(OWN_FIRST);
    }
    return keys;
  }

  private void add(Limits limits, Optional<Allowed> caller, List<BucketKey> keys) {
    for (LimitSet set : limits.sets()) {
      if (caller.isPresent() || !set.per().needsToken()) {
        keys.add(new BucketKey(set, subject(set, caller)));
      }
    }
  }

  private String subject(LimitSet set, Optional<Allowed> caller) {
    return switch (set.per()) {
      case TOKEN -> caller.map(allowed -> allowed.token().countedAs()).orElse("");
      case PRINCIPAL -> caller.map(allowed -> allowed.principal().id()).orElse("");
      case ORGANIZATION -> caller.map(LimitStep::organization).orElse("");
      case ADDRESS -> head.client().map(ClientNetwork::of).map(ClientNetwork::toString).orElse("");
      case API -> "";
    };
  }

  /** Marked, so that no organization's name is a principal's id. */
  private static String organization(Allowed allowed) {
    return allowed
        .principal()
        .organization()
        .map(name -> "organization:" + name)
        .orElseGet(() -> "principal:" + allowed.principal().id());
  }

  /** What becomes of a request that passes, but for what these limits say of it. */
  static Decision decide(Decision passing, List<BucketKey> keys, Verdict verdict) {
    List<LimitSet> sets = sets(keys);
    return switch (verdict) {
      case Verdict.Admitted(Optional<Standing> tightest, boolean uncounted) ->
          admitted(passing, new LimitReport(sets, tightest, uncounted));
      case Verdict.Exceeded(Standing standing) ->
          of(
              passing,
              Denied.because(reason(standing), "by limit " + standing.limit().name())
                  .retryAfter(standing.reset())
                  .by(new LimitReport(sets, Optional.of(standing), false)));
      case Verdict.Unavailable(String cause) -> of(passing, TokenVerifier.unavailable(cause));
    };
  }

  private static List<LimitSet> sets(List<BucketKey> keys) {
    return keys.size() == 1
        ? List.of(keys.getFirst().limits())
        : keys.stream().map(BucketKey::limits).toList();
  }

  private static Decision admitted(Decision passing, LimitReport report) {
    return switch (passing) {
      case Allowed allowed -> new Allowed(allowed.token(), allowed.principal(), report);
      case Open _ -> new Open(report);
      case Denied denied -> denied;
    };
  }

  private static Denied of(Decision passing, Denied denied) {
    return passing instanceof Allowed allowed ? denied.of(allowed.token()) : denied;
  }

  private static Reason reason(Standing standing) {
    return standing.limit().window().isQuota() ? Reason.QUOTA_EXHAUSTED : Reason.RATE_LIMITED;
  }
}
