package dev.portcullis.gateway.endpoint;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.WholeSeconds;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The refusals of the OAuth endpoints (RFC 6749, section 5.2; RFC 7009, section 2.2.1). */
final class OAuthError {
  private static final Map<String, String> CHALLENGE =
      Map.of("WWW-Authenticate", "Basic realm=\"portcullis\", charset=\"UTF-8\"");

  private OAuthError() {}

  /** The request is not as it should be. */
  static Reply invalidRequest(String description) {
    return reply(400, "invalid_request", description, Map.of());
  }

  static Reply unsupportedGrantType() {
    return reply(400, "unsupported_grant_type", "only client_credentials is", Map.of());
  }

  static Reply invalidScope() {
    return reply(
        400, "invalid_scope", "it is malformed, too long, or beyond the access key's", Map.of());
  }

  /** Of a token that is not the caller's. */
  static Reply unauthorizedClient() {
    return reply(400, "unauthorized_client", "the token is not this client's", Map.of());
  }

  /** Whoever calls is not known: why is told to nobody (RFC 6749, section 5.2). */
  static Reply invalidClient() {
    return reply(401, "invalid_client", "the client is not known", CHALLENGE);
  }

  /** The store did not answer; a session may have been made or ended, or not. */
  static Reply unavailable() {
    return later(503, Duration.ofSeconds(1), "the store does not answer");
  }

  /** What became of a caller who was not let in. */
  static Reply of(Denied denied) {
    Reply reply =
        switch (denied.reason()) {
          case STORE_UNAVAILABLE -> unavailable();
          case TOO_MANY_FAILURES ->
              later(
                  429,
                  denied.retryAfter().orElse(Duration.ofSeconds(1)),
                  "too many attempts have failed");
          case RATE_LIMITED, QUOTA_EXHAUSTED ->
              later(
                  429,
                  denied.retryAfter().orElse(Duration.ofSeconds(1)),
                  "the access key or token has sent too many requests");
          case INTERNAL -> reply(500, "server_error", "an unexpected failure", Map.of());
          default -> invalidClient();
        };
    return reply.because(denied);
  }

  /** Nobody was named. */
  static Reply clientMissing() {
    return invalidClient().because(Denied.because(Reason.CREDENTIALS_MISSING));
  }

  /** What names somebody cannot be read. */
  static Reply clientUnusable() {
    return invalidClient().because(Denied.because(Reason.CREDENTIALS_MALFORMED));
  }

  /** More than one way of naming somebody was used. */
  static Reply clientAmbiguous() {
    return invalidRequest("authenticate in one way only")
        .because(Denied.because(Reason.CREDENTIALS_AMBIGUOUS));
  }

  private static Reply later(int status, Duration wait, String description) {
    return reply(
        status,
        "temporarily_unavailable",
        description,
        Map.of("Retry-After", Long.toString(WholeSeconds.toWait(wait))));
  }

  private static Reply reply(
      int status, String error, String description, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Pragma", "no-cache");
    Map<String, String> members = new LinkedHashMap<>();
    members.put("error", error);
    members.put("error_description", description);
    return Json.reply(status, members, all);
  }
}
