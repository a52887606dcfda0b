package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Ceiling;
import dev.portcullis.policy.GrantedScopes;
import java.util.List;
import java.util.Map;

/**
 * The rules for giving scopes away: a token gets none beyond its principal's, and no operator gives
 * what they lack. Each grant comes with the field that asked for it.
 */
final class Grants {
  private final PoliciesInForce policies;

  Grants(PoliciesInForce policies) {
    this.policies = policies;
  }

  /** The grants as one. */
  static GrantedScopes together(Map<String, GrantedScopes> grants) {
    return GrantedScopes.parse(
        grants.values().stream()
            .map(GrantedScopes::written)
            .flatMap(List::stream)
            .distinct()
            .toList());
  }

  /** Refuses those that the operator lacks. */
  static void checkGivable(
      Map<String, GrantedScopes> grants, Operator operator, JsonMembers members) {
    grants.forEach(
        (field, grant) -> {
          if (!mayGiveAll(grant, operator)) {
            members.refuse(field, "you do not have this scope, so you cannot give it");
          }
        });
  }

  /** Refuses what the owner cannot have, and what the operator cannot give. */
  void check(NewToken asked, Principal owner, Operator operator, JsonMembers members) {
    checkWithin(asked.scopes(), owner, members);
    checkGivable(asked.scopes(), operator, members);
    if (asked.kind() == TokenKind.PERSONAL && !mayGiveAll(owner.scopes(), operator)) {
      members.refuse("principal", "has scopes of the control plane that you do not have");
    }
  }

  /** Whether an operator may give all of these to others, or have what has them. */
  static boolean mayGiveAll(GrantedScopes granted, Operator operator) {
    return granted.scopes().stream().allMatch(operator::mayGive);
  }

  /** Refuses those beyond the principal's own. */
  private void checkWithin(
      Map<String, GrantedScopes> grants, Principal principal, JsonMembers members) {
    Ceiling ceiling = new Ceiling(principal.scopes(), policies.rolesPerApi());
    grants.forEach(
        (field, grant) -> {
          if (!ceiling.covers(grant)) {
            members.refuse(field, "is beyond the scopes of principal '" + principal.id() + "'");
          }
        });
  }
}
