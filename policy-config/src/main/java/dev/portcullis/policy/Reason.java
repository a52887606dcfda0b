package dev.portcullis.policy;

import java.util.Optional;

/**
 * Why a request was refused. The closed vocabulary of refusals: the metric label, the key in an
 * error profile, the audit word and the log field are all this name.
 */
public enum Reason {
  NO_ROUTE(404, "Not Found"),
  REQUEST_REJECTED(400, "Bad Request"),
  INSECURE_CHANNEL(403, "Forbidden"),
  CREDENTIALS_MISSING(401, "Unauthorized"),
  EMAIL_MISSING(401, "Unauthorized"),
  CREDENTIALS_AMBIGUOUS(400, "Bad Request", "invalid_request"),
  CREDENTIALS_MALFORMED(401, "Unauthorized", "invalid_token"),
  TOKEN_UNKNOWN(401, "Unauthorized", "invalid_token"),
  TOKEN_REVOKED(401, "Unauthorized", "invalid_token"),
  TOKEN_EXPIRED(401, "Unauthorized", "invalid_token"),
  EMAIL_MISMATCH(401, "Unauthorized", "invalid_token"),
  ORGANIZATION_MISMATCH(401, "Unauthorized", "invalid_token"),
  PRINCIPAL_DISABLED(401, "Unauthorized", "invalid_token"),
  ADDRESS_NOT_ALLOWED(403, "Forbidden"),
  SCOPE_INSUFFICIENT(403, "Forbidden", "insufficient_scope"),
  RATE_LIMITED(429, "Too Many Requests"),
  QUOTA_EXHAUSTED(429, "Too Many Requests"),
  TOO_MANY_FAILURES(429, "Too Many Requests"),
  STORE_UNAVAILABLE(503, "Service Unavailable"),
  INTERNAL(500, "Internal Server Error");

  private final int status;
  private final String title;
  private final Optional<String> bearerError;

  Reason(int status, String title) {
    this.status = status;
    this.title = title;
    this.bearerError = Optional.empty();
  }

  Reason(int status, String title, String bearerError) {
    this.status = status;
    this.title = title;
    this.bearerError = Optional.of(bearerError);
  }

  /** Whether somebody showed credentials that are not good: what guessing looks like. */
  public boolean isFailedAuthentication() {
    return bearerError.equals(TOKEN_UNKNOWN.bearerError);
  }

  /** The HTTP status answered where the error profile sets none. */
  public int status() {
    return status;
  }

  /** The phrase shown to the client; the same for all reasons that must look alike from outside. */
  public String title() {
    return title;
  }

  /** The {@code error} code of the Bearer challenge (RFC 6750, section 3.1), where one applies. */
  public Optional<String> bearerError() {
    return bearerError;
  }
}
