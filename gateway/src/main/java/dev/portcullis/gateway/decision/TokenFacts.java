package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.EmailRule;
import dev.portcullis.policy.GrantedScopes;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Collectors;

/** What each check goes by, in words for people. */
final class TokenFacts {
  private static final String NONE = "none";

  private TokenFacts() {}

  static String token(TokenUse use) {
    return "token " + use.token().id() + " of principal " + use.principal().id();
  }

  static String email(TokenUse use) {
    if (use.match().policy().email() == EmailRule.IGNORED) {
      return "the policy reads none";
    }
    return "the request's is "
        + text(use.claim().email().map(EmailAddress::text))
        + ", the principal's "
        + text(use.principal().email().map(EmailAddress::text));
  }

  static String organization(TokenUse use) {
    if (use.match().policy().organizationHeader().isEmpty()) {
      return "the policy reads none";
    }
    return "the request's is "
        + text(use.claim().organization())
        + ", the principal's "
        + text(use.principal().organization())
        + (use.token().kind() == TokenKind.PERSONAL ? "; a personal token needs it named" : "");
  }

  private static String text(Optional<String> value) {
    return value.orElse(NONE);
  }

  static String revoked(TokenUse use) {
    return use.token().revokedAt().map(at -> "revoked at " + at).orElse("not revoked");
  }

  static String expired(TokenUse use) {
    return use.token()
        .expiresAt()
        .map(end -> "ends " + end + ", and it is " + use.now())
        .orElse("never ends");
  }

  static String principal(TokenUse use) {
    return "the token's principal is " + (use.principal().enabled() ? "enabled" : "disabled");
  }

  static String address(TokenUse use) {
    String from = use.head().client().map(InetAddress::getHostAddress).orElse("an unknown address");
    return "from "
        + from
        + ", allowed from "
        + (use.token().allowedAddresses().isEmpty()
            ? "anywhere"
            : use.token().allowedAddresses().stream()
                .map(AddressBlock::toString)
                .collect(Collectors.joining(" ")));
  }

  static String scope(TokenUse use) {
    String required = TokenChecks.required(use.match());
    return "required "
        + (required.isEmpty() ? NONE : required)
        + ", token has "
        + (use.token().kind() == TokenKind.PERSONAL
            ? "what its principal has"
            : written(use.token().scopes()))
        + ", principal has "
        + written(use.principal().scopes());
  }

  private static String written(GrantedScopes granted) {
    return granted.written().isEmpty() ? NONE : String.join(" ", granted.written());
  }
}
