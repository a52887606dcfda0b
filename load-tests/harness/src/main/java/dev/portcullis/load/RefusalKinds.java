package dev.portcullis.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that the gateway refuses, a request of each kind.
 *
 * @param good the credential that it does not
 * @param forged a token whose check characters do not fit
 * @param others where failures are not throttled
 */
record RefusalKinds(Credential good, Refusal forged, List<Refusal> others) {
  private static final String FORGED = "forged";
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final String UNKNOWN = "TOKEN_UNKNOWN";
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** Mints what is needed, and lets time pass until what has to be expired is. */
  static RefusalKinds prepare(Gateway gateway) throws IOException, InterruptedException {
    List<Credential> minted = gateway.credentials("hot", 2);
    Credential good = minted.getFirst();
    Credential revoked = minted.getLast();
    gateway.control().revoke(revoked.tokenId());
    Credential expired = gateway.control().createEndingToken("hot", PolicyFiles.SCOPES, SHORT);
    Bench.pass(SHORT.multipliedBy(2));
    return of(good, revoked, expired);
  }

  static RefusalKinds of(Credential good, Credential revoked, Credential expired) {
    String path = KindPolicies.path(KindPolicies.ADMITTED);
    String imported = KindPolicies.path(KindPolicies.IMPORTED);
    Map<String, String> unknown =
        Refusal.authorization(good.headers(), "Bearer " + "unknownunknown".repeat(3));
    return new RefusalKinds(
        good,
        forged(good, path),
        List.of(
            new Refusal(
                "malformed",
                UNAUTHORIZED,
                "CREDENTIALS_MALFORMED",
                path,
                Refusal.authorization(good.headers(), "Bearer no;token")),
            new Refusal(
                "no credentials",
                UNAUTHORIZED,
                "CREDENTIALS_MISSING",
                path,
                Refusal.authorization(good.headers(), "")),
            new Refusal("unknown", UNAUTHORIZED, UNKNOWN, imported, unknown),
            new Refusal("unknown, ever new", UNAUTHORIZED, UNKNOWN, imported, unknown, true),
            new Refusal("revoked", UNAUTHORIZED, "TOKEN_REVOKED", path, revoked.headers()),
            new Refusal("expired", UNAUTHORIZED, "TOKEN_EXPIRED", path, expired.headers()),
            new Refusal(
                "wrong e-mail",
                UNAUTHORIZED,
                "EMAIL_MISMATCH",
                path,
                good.of("other@example.com").headers()),
            new Refusal(
                "missing scope",
                FORBIDDEN,
                "SCOPE_INSUFFICIENT",
                KindPolicies.path(KindPolicies.WRITTEN),
                good.headers()),
            new Refusal(
                "no route",
                NOT_FOUND,
                "NO_ROUTE",
                KindPolicies.path(KindPolicies.NOWHERE),
                good.headers()),
            new Refusal(
                "over limit",
                TOO_MANY,
                "RATE_LIMITED",
                KindPolicies.path(KindPolicies.LIMITED),
                good.headers())));
  }

  /** A token whose check characters do not fit, on the path of a route. */
  static Refusal forged(Credential good, String path) {
    return new Refusal(FORGED, UNAUTHORIZED, UNKNOWN, path, good.misspelt().headers());
  }

  /** Each kind, where failures are not throttled. */
  List<Refusal> all() {
    return Stream.concat(Stream.of(forged), others.stream()).toList();
  }

  /** Forged where failures are throttled, and were too many. */
  Refusal throttled() {
    return new Refusal(
        FORGED + ", throttled", TOO_MANY, "TOO_MANY_FAILURES", forged.path(), forged.headers());
  }
}
