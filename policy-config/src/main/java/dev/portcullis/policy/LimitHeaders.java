package dev.portcullis.policy;

/** How clients are told of the limits that hold for them ({@code rate-limit-headers}). */
public enum LimitHeaders {
  /** {@code RateLimit} and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10). */
  STANDARD,
  /**
   * {@code X-RateLimit-Limit}, {@code -Remaining}, {@code -Reset} in seconds of the epoch, and
   * {@code -Scope}: whose requests are counted.
   */
  X_RATELIMIT,
  /** Not at all; {@code Retry-After} stays. */
  NONE
}
