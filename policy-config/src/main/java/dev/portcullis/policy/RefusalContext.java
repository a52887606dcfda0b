package dev.portcullis.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * What an answer may say of the refused request. Values come from outside and are escaped when
 * rendered.
 *
 * @param requestId also in the log
 * @param requiredScope for {@code SCOPE_INSUFFICIENT}, else empty
 * @param retryAfter for the 429s and 503, else empty; rounded up to whole seconds, 1 or more
 * @param limit the one that refused, for {@code RATE_LIMITED} and {@code QUOTA_EXHAUSTED}, else
 *     empty
 * @param remaining how many requests it would still have admitted; 0 where there is none
 */
public record RefusalContext(
    String requestId,
    Optional<String> requiredScope,
    Optional<Duration> retryAfter,
    Optional<Limit> limit,
    long remaining) {
  /** A refusal that no limit is the cause of. */
  public RefusalContext(
      String requestId, Optional<String> requiredScope, Optional<Duration> retryAfter) {
    this(requestId, requiredScope, retryAfter, Optional.empty(), 0);
  }

  /** A refusal of which nothing but the request's id is to be said. */
  public static RefusalContext of(String requestId) {
    return new RefusalContext(requestId, Optional.empty(), Optional.empty());
  }

  /** The same refused by this limit, which would still have admitted so many requests. */
  public RefusalContext by(Limit refusing, long left) {
    return new RefusalContext(requestId, requiredScope, retryAfter, Optional.of(refusing), left);
  }

  String value(Placeholder placeholder) {
    return switch (placeholder) {
      case REQUEST_ID -> requestId;
      case SCOPE -> requiredScope.orElse("");
      case RETRY_AFTER -> Long.toString(retryAfterSeconds());
      case LIMIT -> limit.map(refusing -> Long.toString(refusing.requests())).orElse("0");
      case REMAINING -> Long.toString(remaining);
      case LIMIT_NAME -> limit.map(Limit::name).orElse("");
      case STATUS, TITLE, REASON, REALM ->
          throw new IllegalStateException(placeholder + " is filled in beforehand");
    };
  }

  private long retryAfterSeconds() {
    return WholeSeconds.toWait(retryAfter.orElse(Duration.ZERO));
  }
}
