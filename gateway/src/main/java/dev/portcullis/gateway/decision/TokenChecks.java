package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RequiredScope;
import dev.portcullis.policy.RouteMatch;
import dev.portcullis.policy.ScopeTemplate;
import java.util.Optional;
import java.util.stream.Collectors;

/** The checks of a known token against one request. */
final class TokenChecks {
  private TokenChecks() {}

  /** Runs the checks up to the first that refuses. */
  static Decision decide(TokenUse use, Witness witness) {
    for (int i = 0; i < TokenCheck.IN_ORDER.size(); i++) {
      TokenCheck check = TokenCheck.IN_ORDER.get(i);
      Optional<Denied> refusal = check.refusal(use);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      witness.passed(check.word());
    }
    return new Allowed(use.token(), use.principal(), LimitReport.NONE);
  }

  static Optional<Denied> email(TokenUse use) {
    return use.claim().email().isPresent() && !use.claim().email().equals(use.principal().email())
        ? denied(Reason.EMAIL_MISMATCH, use)
        : Optional.empty();
  }

  /** A personal token acts in the organization that the request names, so it must name one. */
  static Optional<Denied> organization(TokenUse use) {
    if (use.match().policy().organizationHeader().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> named = use.claim().organization();
    boolean another =
        named.isEmpty()
            ? use.token().kind() == TokenKind.PERSONAL
            : !named.equals(use.principal().organization());
    return another ? denied(Reason.ORGANIZATION_MISMATCH, use) : Optional.empty();
  }

  static Optional<Denied> revoked(TokenUse use) {
    return denied(TokenFlaws.revoked(use.token()), use);
  }

  static Optional<Denied> expired(TokenUse use) {
    return denied(TokenFlaws.expired(use.token(), use.now()), use);
  }

  static Optional<Denied> principal(TokenUse use) {
    return denied(TokenFlaws.principal(use.principal()), use);
  }

  static Optional<Denied> address(TokenUse use) {
    return denied(TokenFlaws.address(use.token(), use.head()), use);
  }

  static Optional<Denied> scope(TokenUse use) {
    return coversAll(use) ? Optional.empty() : scopeInsufficient(use);
  }

  private static boolean coversAll(TokenUse use) {
    RouteMatch match = use.match();
    for (ScopeTemplate template : match.route().scopes()) {
      RequiredScope required = template.resolve(match.variables());
      if (!use.token().may(required, match.policy().roles(), use.principal())) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Denied> scopeInsufficient(TokenUse use) {
    return Optional.of(
        Denied.because(Reason.SCOPE_INSUFFICIENT).of(use.token()).requiring(required(use.match())));
  }

  /** What the route requires of this request, in its written form. */
  static String required(RouteMatch match) {
    return match.route().scopes().stream()
        .map(template -> template.resolve(match.variables()).toString())
        .collect(Collectors.joining(" "));
  }

  private static Optional<Denied> denied(Optional<Reason> flaw, TokenUse use) {
    return flaw.isPresent() ? denied(flaw.get(), use) : Optional.empty();
  }

  private static Optional<Denied> denied(Reason reason, TokenUse use) {
    return Optional.of(Denied.because(reason).of(use.token()));
  }
}
