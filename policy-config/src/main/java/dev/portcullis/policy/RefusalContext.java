package dev.portcullis.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * What an answer may say of the refused request. Values come from outside and are escaped when
 * rendered.
 *
 * @param requestId also in the log
 * @param requiredScope for {@code SCOPE_INSUFFICIENT}, else empty
 * @param retryAfter for the 429s and 503, else empty
 */
public record RefusalContext(
    String requestId, Optional<String> requiredScope, Optional<Duration> retryAfter) {}
