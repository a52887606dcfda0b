package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Scope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a token may do: its scopes, roles written out, as far as its principal's cover them. Who
 * goes by them never grants more than the gateway would. For one upstream, which knows the roles of
 * no policy; whoever asks the gateway itself is told of all policies, and of roles by name.
 */
public final class EffectiveScopes {
  private EffectiveScopes() {}

  /** Those of the token that was let pass, by the roles of this policy. */
  public static Set<Scope> of(Allowed allowed, Policy policy) {
    GrantedScopes ceiling = allowed.principal().scopes();
    GrantedScopes own = allowed.token().granted(allowed.principal());
    Set<Scope> granted = written(own, policy);
    if (!own.equals(ceiling)) {
      granted.removeIf(scope -> !ceiling.cover(scope, policy.roles()));
    }
    own.ceiling()
        .ifPresent(bound -> granted.removeIf(scope -> !bound.cover(scope, policy.roles())));
    return granted;
  }

  private static Set<Scope> written(GrantedScopes granted, Policy policy) {
    Set<Scope> scopes = new LinkedHashSet<>(granted.scopes());
    for (String role : granted.roles()) {
      scopes.addAll(policy.roles().getOrDefault(role, List.of()));
    }
    return scopes;
  }
}
