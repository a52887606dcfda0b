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
 */
public record RefusalContext(
    String requestId, Optional<String> requiredScope, Optional<Duration> retryAfter) {
  private static final long ALMOST_A_SECOND = 999_999_999;

  /** A refusal of which nothing but the request's id is to be said. */
  public static RefusalContext of(String requestId) {
    return new RefusalContext(requestId, Optional.empty(), Optional.empty());
  }

  String value(Placeholder placeholder) {
    return switch (placeholder) {
      case REQUEST_ID -> requestId;
      case SCOPE -> requiredScope.orElse("");
      case RETRY_AFTER -> Long.toString(retryAfterSeconds());
      case STATUS, TITLE, REASON, REALM ->
          throw new IllegalStateException(placeholder + " is filled in beforehand");
    };
  }

  private long retryAfterSeconds() {
    Duration wait = retryAfter.orElse(Duration.ZERO);
    return Math.max(1, wait.plusNanos(ALMOST_A_SECOND).toSeconds());
  }
}
