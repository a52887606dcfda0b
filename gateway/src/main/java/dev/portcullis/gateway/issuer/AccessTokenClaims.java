package dev.portcullis.gateway.issuer;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Verification;
import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Issuer;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an access token of another issuer says (RFC 9068, section 2.2), as the gateway takes it. */
final class AccessTokenClaims {
  /** How far an issuer's clock may be ahead, for {@code nbf} alone. */
  static final Duration SKEW = Duration.ofSeconds(30);

  private static final int MAX_EMAIL = 254;

  /** No controls, lone surrogates or line separators: it is told to upstreams and in logs. */
  private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,255}");

  private static final Pattern PLAIN_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private AccessTokenClaims() {}

  /**
   * The token and its principal, if the issuer signed this; refused if it would not be good even
   * then. Whether it has expired is not asked here.
   *
   * @param digest of the text, in hex
   */
  static Verification read(JWTClaimsSet claims, String digest, Issuer issuer, Instant now) {
    Date end = claims.getExpirationTime();
    Date begin = claims.getNotBeforeTime();
    String subject = claims.getSubject();
    if (!claims.getAudience().contains(issuer.audience())) {
      return refused("it is for another audience");
    }
    if (claims.getClaims().containsKey("cnf")) {
      return refused("it is bound to a key of its client's (RFC 7800), which is not asked for");
    }
    if (subject == null || !SUBJECT.matcher(subject).matches()) {
      return refused("it has no usable subject");
    }
    if (end == null) {
      return refused("it has no end");
    }
    if (begin != null && now.plus(SKEW).isBefore(begin.toInstant())) {
      return refused("it is not good yet");
    }
    Optional<GrantedScopes> scopes = ScopeClaims.read(claims);
    if (scopes.isEmpty()) {
      return refused("it has too many scopes");
    }
    String id = claims.getJWTID();
    String name = issuer.name() + ":";
    return known(
        name + (id != null && PLAIN_ID.matcher(id).matches() ? id : digest.substring(0, 16)),
        name + subject,
        end.toInstant(),
        scopes.get(),
        claims);
  }

  private static Verification known(
      String id, String principalId, Instant end, GrantedScopes scopes, JWTClaimsSet claims) {
    return new Verification.Known(
        new Token(
            id,
            principalId,
            TokenKind.JWT,
            scopes,
            Optional.of(end),
            Optional.empty(),
            List.of(),
            Limits.NONE,
            principalId,
            Optional.empty()),
        new Principal(
            principalId, PrincipalKind.USER, email(claims), Optional.empty(), true, scopes));
  }

  /** An address that its issuer did not verify is anybody's to choose. */
  private static Optional<EmailAddress> email(JWTClaimsSet claims) {
    return Boolean.TRUE.equals(claims.getClaim("email_verified"))
            && claims.getClaim("email") instanceof String text
            && !text.isBlank()
            && text.length() <= MAX_EMAIL
        ? Optional.of(new EmailAddress(text))
        : Optional.empty();
  }

  static Verification refused(String detail) {
    return new Verification.Refused(Denied.because(Reason.TOKEN_UNKNOWN, detail));
  }
}
