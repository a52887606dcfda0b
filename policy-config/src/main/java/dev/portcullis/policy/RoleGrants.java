package dev.portcullis.policy;

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
    return scopes.stream().anyMatch(required::couldBeCoveredBy);
  }
}
