package dev.portcullis.policy;

/** How much of what a route requires is covered by what somebody was granted. */
public enum Reach {
  /** No request's. */
  NONE,
  /**
   * Each required scope for some values of the path variables; where there are several, not always
   * for the same values.
   */
  SOME,
  /** Every request's. */
  ALL
}
