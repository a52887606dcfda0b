package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that the roles of one policy grant. */
final class RoleGrants {
  private final Set<Scope> scopes = new HashSet<>();
  private final Map<String, Boolean> answered = new HashMap<>();

  RoleGrants(Collection<List<Scope>> roles) {
    roles.forEach(scopes::addAll);
  }

  /** Whether some role covers what is required, at least for some values of the path variables. */
  boolean couldCover(ScopeTemplate required) {
    return scopes.contains(required.shape())
        || answered.computeIfAbsent(required.toString(), key -> search(required));
  }

  private boolean search(ScopeTemplate required) {
    return scopes.stream().anyMatch(granted -> granted.covers(suiting(granted, required)));
  }

  /** What is required, the variables having the values that suit this grant best. */
  private static Scope suiting(Scope granted, ScopeTemplate required) {
    List<String> segments = new ArrayList<>(required.shape().segments());
    for (int i = 0; i < Math.min(segments.size(), granted.segments().size()); i++) {
      if (ScopeTemplate.isVariable(segments.get(i))) {
        segments.set(i, granted.segments().get(i));
      }
    }
    return new Scope(segments, required.shape().action());
  }
}
