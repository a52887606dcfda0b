package dev.portcullis.policy;

import java.util.List;
import java.util.Map;

/**
 * What nobody bound by it may go beyond, whatever they were granted. A grant need be within it for
 * one API only: that is where it will be used, and there both are asked.
 *
 * @param bound the most that may be granted
 * @param rolesPerApi for each API, its roles and the scopes each stands for
 */
public record Ceiling(GrantedScopes bound, List<Map<String, List<Scope>>> rolesPerApi) {
  public Ceiling {
    rolesPerApi = List.copyOf(rolesPerApi);
  }

  /** Whether all of these are within it. */
  public boolean covers(GrantedScopes granted) {
    return granted.scopes().stream().allMatch(this::covers)
        && granted.roles().stream().allMatch(this::coversRole);
  }

  private boolean covers(Scope scope) {
    return bound.cover(scope, Map.of())
        || rolesPerApi.stream().anyMatch(defined -> bound.cover(scope, defined));
  }

  private boolean coversRole(String role) {
    List<Map<String, List<Scope>>> defining =
        rolesPerApi.stream().filter(defined -> defined.containsKey(role)).toList();
    return bound.roles().contains(role)
        || (!defining.isEmpty()
            && defining.stream()
                .allMatch(
                    defined ->
                        defined.getOrDefault(role, List.of()).stream()
                            .allMatch(scope -> bound.cover(scope, defined))));
  }
}
