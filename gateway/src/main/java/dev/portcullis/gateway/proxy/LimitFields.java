package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.LimitReport;
import dev.portcullis.gateway.limit.Standing;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.LimitHeaders;
import dev.portcullis.policy.LimitSet;
import dev.portcullis.policy.WholeSeconds;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/** The fields that tell a client how it stands with the limits that hold for it. */
final class LimitFields {
  private static final String STANDING = "RateLimit";
  private static final String POLICY = "RateLimit-Policy";
  private static final String OLD = "X-RateLimit-";

  private final InstantSource clock;

  LimitFields(InstantSource clock) {
    this.clock = clock;
  }

  /** Sets them as the policy says, where a limit counted the request. */
  void set(LimitReport report, LimitHeaders style, HttpHeaders headers) {
    if (report.standing().isEmpty()) {
      return;
    }
    Standing standing = report.standing().get();
    Limit limit = standing.limit();
    // A burst can be more than what the limit is told to be.
    long remaining = Math.min(standing.remaining(), limit.requests());
    switch (style) {
      case STANDARD -> {
        headers.set(POLICY, policies(report.sets()));
        headers.set(
            STANDING,
            "\"" + limit.name() + "\";r=" + remaining + ";t=" + WholeSeconds.of(standing.reset()));
      }
      case X_RATELIMIT -> {
        headers.set(OLD + "Scope", scope(limit.per()));
        headers.set(OLD + "Limit", Long.toString(limit.requests()));
        headers.set(OLD + "Remaining", Long.toString(remaining));
        headers.set(
            OLD + "Reset",
            Long.toString(WholeSeconds.sinceEpoch(clock.instant().plus(standing.reset()))));
      }
      case NONE -> {}
    }
  }

  /** Whose requests it counts, in the four words that Axiom's clients know. */
  private static String scope(Limit.Subject subject) {
    return switch (subject) {
      case TOKEN, PRINCIPAL -> "user";
      case ORGANIZATION -> "organization";
      case ADDRESS -> "anonymous";
      case API -> "unknown";
    };
  }

  private static String policies(List<LimitSet> sets) {
    return sets.size() == 1
        ? sets.getFirst().policyItems()
        : sets.stream().map(LimitSet::policyItems).collect(Collectors.joining(", "));
  }

  /** Whether an answer has them: an upstream's own are not added then. */
  static boolean areIn(HttpHeaders headers) {
    return headers.containsHeader(STANDING) || headers.containsHeader(OLD + "Limit");
  }

  /** Removes all other fields. */
  static void keepOnly(HttpHeaders headers) {
    headers.headerNames().stream()
        .filter(name -> !areTold(name.toLowerCase(Locale.ROOT)))
        .toList()
        .forEach(headers::remove);
  }

  /** Whether a field of this name, in lower case, tells of limits, in whatever style. */
  static boolean areTold(String name) {
    return name.startsWith("ratelimit") || name.startsWith("x-ratelimit-");
  }
}
