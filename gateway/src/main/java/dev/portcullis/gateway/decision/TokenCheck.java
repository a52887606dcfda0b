package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Denied;
import java.util.List;
import java.util.Optional;

/** One check of a known token against one request. */
enum TokenCheck {
  EMAIL("email"),
  ORGANIZATION("organization"),
  REVOKED("revoked"),
  EXPIRED("expired"),
  PRINCIPAL("principal"),
  ADDRESS("address"),
  SCOPE("scope");

  /** In the order in which refusals are told to the client; the first stands. */
  static final List<TokenCheck> IN_ORDER = List.of(values());

  private final String word;

  TokenCheck(String word) {
    this.word = word;
  }

  /** A word for people. */
  String word() {
    return word;
  }

  /** Why the token may not be used so; empty where it may. */
  Optional<Denied> refusal(TokenUse use) {
    return switch (this) {
      case EMAIL -> TokenChecks.email(use);
      case ORGANIZATION -> TokenChecks.organization(use);
      case REVOKED -> TokenChecks.revoked(use);
      case EXPIRED -> TokenChecks.expired(use);
      case PRINCIPAL -> TokenChecks.principal(use);
      case ADDRESS -> TokenChecks.address(use);
      case SCOPE -> TokenChecks.scope(use);
    };
  }

  /** What it goes by, in words for people. */
  String facts(TokenUse use) {
    return switch (this) {
      case EMAIL -> TokenFacts.email(use);
      case ORGANIZATION -> TokenFacts.organization(use);
      case REVOKED -> TokenFacts.revoked(use);
      case EXPIRED -> TokenFacts.expired(use);
      case PRINCIPAL -> TokenFacts.principal(use);
      case ADDRESS -> TokenFacts.address(use);
      case SCOPE -> TokenFacts.scope(use);
    };
  }
}
