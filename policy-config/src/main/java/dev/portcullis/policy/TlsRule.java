package dev.portcullis.policy;

/** What becomes of a request over plain HTTP. */
public enum TlsRule {
  /** It is as good as any. */
  OPTIONAL,
  /** It is refused, whatever credentials it has. */
  REQUIRED,
  /** It is refused, and the token that it exposed is revoked. */
  REVOKING
}
