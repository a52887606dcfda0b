package dev.portcullis.gateway.assertion;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.token.EmailAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that an assertion says, but for its times.
 *
 * @param api who it is for
 * @param subject the principal's id
 * @param email the principal's
 * @param organization the principal's
 * @param tokenId public
 * @param kind the word of the token's
 * @param scope what the token may do, separated by spaces
 * @param end the token's
 */
record AssertedIdentity(
    String api,
    String subject,
    Optional<String> email,
    Optional<String> organization,
    String tokenId,
    String kind,
    String scope,
    Optional<Instant> end) {

  static AssertedIdentity of(Allowed allowed, String api, String scope) {
    return new AssertedIdentity(
        api,
        allowed.principal().id(),
        allowed.principal().email().map(EmailAddress::text),
        allowed.principal().organization(),
        allowed.token().id(),
        allowed.token().kind().word(),
        scope,
        allowed.token().expiresAt());
  }

  /** The claims (RFC 7519, section 4) of an assertion that is good from here to there. */
  Map<String, Object> claims(String issuer, Instant issued, Instant expires) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", api);
    claims.put("sub", subject);
    email.ifPresent(text -> claims.put("email", text));
    organization.ifPresent(text -> claims.put("org", text));
    claims.put("tid", tokenId);
    claims.put("kind", kind);
    claims.put("scope", scope);
    claims.put("iat", issued.getEpochSecond());
    claims.put("exp", expires.getEpochSecond());
    return claims;
  }
}
