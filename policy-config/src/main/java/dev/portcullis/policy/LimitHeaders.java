package dev.portcullis.policy;

/** How clients are told of the limits that hold for them ({@code rate-limit-headers}). */
public enum LimitHeaders {
  /** {@code RateLimit} and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10). */
  STANDARD,
  /** {@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset}, in seconds of the epoch. */
  X_RATELIMIT,
  /** Not at all; {@code Retry-After} stays. */
  NONE
}
