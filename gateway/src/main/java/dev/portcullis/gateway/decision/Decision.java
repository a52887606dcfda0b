package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.Optional;

/** What the chain decided over one request. */
public sealed interface Decision {

  /** What limits said of the request. */
  LimitReport limits();

  /** The token is good for this request. */
  record Allowed(Token token, Principal principal, LimitReport limits) implements Decision {}

  /** The route is public: nobody was asked for. */
  record Open(LimitReport limits) implements Decision {}

  /**
   * The request is refused.
   *
   * @param reason why
   * @param tokenId whose token it was, once that is known; for the log, never for the answer
   * @param requiredScope for {@code SCOPE_INSUFFICIENT}
   * @param retryAfter for the 429s and 503
   * @param limits where one of them refused
   * @param detail for the log; without secrets; empty where the reason says it all
   */
  record Denied(
      Reason reason,
      Optional<String> tokenId,
      Optional<String> requiredScope,
      Optional<Duration> retryAfter,
      LimitReport limits,
      String detail)
      implements Decision {

    /** Refused for a reason that says it all. */
    public static Denied because(Reason reason) {
      return because(reason, "");
    }

    /** Refused for a reason and a detail for the log. */
    public static Denied because(Reason reason, String detail) {
      return new Denied(
          reason, Optional.empty(), Optional.empty(), Optional.empty(), LimitReport.NONE, detail);
    }

    /** The same, of this token. */
    Denied of(Token token) {
      return new Denied(reason, Optional.of(token.id()), requiredScope, retryAfter, limits, detail);
    }

    /** The same, for want of this scope. */
    Denied requiring(String scope) {
      return new Denied(reason, tokenId, Optional.of(scope), retryAfter, limits, detail);
    }

    /** The same, until this time has passed. */
    public Denied retryAfter(Duration time) {
      return new Denied(reason, tokenId, requiredScope, Optional.of(time), limits, detail);
    }

    /** The same, by one of these limits. */
    Denied by(LimitReport report) {
      return new Denied(reason, tokenId, requiredScope, retryAfter, report, detail);
    }
  }
}
