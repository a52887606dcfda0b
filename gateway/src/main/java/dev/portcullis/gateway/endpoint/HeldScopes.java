package dev.portcullis.gateway.endpoint;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.Ceiling;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Policies;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a token is good for by the policies together: what it and its principal both grant. In the
 * form in which it was granted, roles by name, which stand for other scopes in each policy; an
 * upstream is told what they stand for in its own.
 */
final class HeldScopes {
  private HeldScopes() {}

  /** Of each what the other covers, in its written form. */
  static Set<String> of(Token token, Principal owner, Policies policies) {
    GrantedScopes bound = owner.scopes();
    GrantedScopes granted = token.granted(owner);
    Set<String> both = new LinkedHashSet<>(within(granted, ceiling(bound, policies)));
    both.addAll(within(bound, ceiling(granted, policies)));
    return both;
  }

  private static Ceiling ceiling(GrantedScopes bound, Policies policies) {
    return new Ceiling(bound, policies.rolesPerApi());
  }

  private static List<String> within(GrantedScopes granted, Ceiling ceiling) {
    return granted.written().stream()
        .filter(text -> ceiling.covers(GrantedScopes.parse(List.of(text))))
        .toList();
  }
}
