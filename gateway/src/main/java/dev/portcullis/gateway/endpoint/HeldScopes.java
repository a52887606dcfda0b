package dev.portcullis.gateway.endpoint;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Ceiling;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Policies;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a token is good for: what it and its principal both grant. */
final class HeldScopes {
  private HeldScopes() {}

  /** Of each what the other covers, in its written form. */
  static Set<String> of(Token token, Principal owner, Policies policies) {
    GrantedScopes bound = owner.scopes();
    GrantedScopes granted = token.kind() == TokenKind.PERSONAL ? bound : token.scopes();
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
