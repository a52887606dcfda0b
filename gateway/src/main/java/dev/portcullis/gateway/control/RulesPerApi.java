package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.TokenRules;
import java.util.Optional;
import java.util.Set;

/**
 * What tokens are like by the API that they are made for: as its policy says and, where that says
 * nothing or there is no such policy, as the settings do.
 */
final class RulesPerApi {
  private final PoliciesInForce policies;
  private final Lifetimes lifetimes;

  RulesPerApi(PoliciesInForce policies, Lifetimes lifetimes) {
    this.policies = policies;
    this.lifetimes = lifetimes;
  }

  /**
   * The name of an API of which there is a policy.
   *
   * @throws IllegalArgumentException with a message for people, where there is none
   */
  String known(String api) {
    if (policy(api).isEmpty()) {
      throw new IllegalArgumentException("is no API that a policy in force is for");
    }
    return api;
  }

  /** How long tokens may live that are made for this API, or for none. */
  Lifetimes lifetimes(Optional<String> api) {
    return lifetimes.under(rules(api));
  }

  /** What the secrets of such tokens begin with; empty for the gateway's own. */
  Optional<String> prefix(Optional<String> api, TokenKind kind) {
    return Optional.ofNullable(rules(api).prefixes().get(kind.word()));
  }

  /** Which members can be changed of what people wrote about such tokens. */
  Set<String> changeable(Optional<String> api) {
    return rules(api).changeable();
  }

  private TokenRules rules(Optional<String> api) {
    return api.flatMap(this::policy).map(Policy::tokens).orElse(TokenRules.NONE);
  }

  private Optional<Policy> policy(String api) {
    return policies.current().list().stream()
        .filter(policy -> policy.api().equals(api))
        .findFirst();
  }
}
