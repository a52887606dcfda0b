package dev.portcullis.gateway.limit;

/** What one bucket says of one request. */
sealed interface Grant {

  /**
   * The permits are the request's.
   *
   * @param from what they were taken with
   */
  record Given(Standing standing, Lease from) implements Grant {}

  /** There are not enough. */
  record Refused(Standing standing) implements Grant {}

  /** Nobody can tell. */
  record Unavailable(String cause) implements Grant {}
}
