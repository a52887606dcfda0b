package dev.portcullis.policy;

/** Whether a request names its e-mail. Where it is read it must be the principal's. */
public enum EmailRule {
  /** Absent is a refusal. */
  REQUIRED,
  /** Absent is fine; present it must be the principal's. */
  OPTIONAL,
  /** Not read. */
  IGNORED
}
