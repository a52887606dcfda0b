package dev.portcullis.policy;

/** Which admitted requests are told of in the audit trail. */
public enum ActivityRule {
  /** None. */
  NONE,
  /** Those whose method is not {@code GET}, {@code HEAD} or {@code OPTIONS}. */
  CHANGES,
  /** All but those of public routes. */
  ALL
}
