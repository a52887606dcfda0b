package dev.portcullis.gateway.limit;

/** What one bucket says of one request. */
sealed interface Grant {

  /** The permits are the request's. */
  record Given(Standing standing) implements Grant {}

  /** There are not enough. */
  record Refused(Standing standing) implements Grant {}

  /** Nobody can tell. */
  record Unavailable(String cause) implements Grant {}
}
