package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a token or a principal may do: scopes, and names of roles that stand for scopes.
 *
 * @param scopes granted as they stand
 * @param roles granted by name, written {@code role:NAME}; each policy says what they stand for
 * @param ceiling what these are good for only as far as it covers the same; empty for no such bound
 */
public record GrantedScopes(
    List<Scope> scopes, List<String> roles, Optional<GrantedScopes> ceiling) {
  /** Nothing is granted. */
  public static final GrantedScopes NONE = new GrantedScopes(List.of(), List.of());

  static final String ROLE = "role:";

  public GrantedScopes {
    scopes = List.copyOf(scopes);
    roles = List.copyOf(roles);
  }

  /** Bounded by nothing. */
  public GrantedScopes(List<Scope> scopes, List<String> roles) {
    this(scopes, roles, Optional.empty());
  }

  /** The same, good only as far as these others are; the same object where they are equal. */
  public GrantedScopes within(GrantedScopes others) {
    return equals(others) ? this : new GrantedScopes(scopes, roles, Optional.of(others));
  }

  /**
   * Reads the written forms.
   *
   * @throws IllegalArgumentException with a message for people, when one is neither scope nor role
   */
  public static GrantedScopes parse(List<String> written) {
    List<Scope> scopes = new ArrayList<>(written.size());
    List<String> roles = new ArrayList<>(0);
    for (String text : written) {
      Scope scope = Scope.parse(text);
      if (text.startsWith(ROLE)) {
        roles.add(scope.action());
      } else {
        scopes.add(scope);
      }
    }
    return new GrantedScopes(scopes, roles);
  }

  /** Whether any of these scopes, roles written out by {@code definitions}, covers the required. */
  public boolean cover(RequiredScope required, Map<String, List<Scope>> definitions) {
    if (ceiling.isPresent() && !ceiling.get().cover(required, definitions)) {
      return false;
    }
    if (anyCovers(scopes, required)) {
      return true;
    }
    for (String role : roles) {
      if (anyCovers(definitions.getOrDefault(role, List.of()), required)) {
        return true;
      }
    }
    return false;
  }

  /**
   * How much of these they cover, roles written out by {@code definitions}; everything where none
   * is required.
   */
  public Reach reach(List<ScopeTemplate> required, Map<String, List<Scope>> definitions) {
    if (required.stream().allMatch(each -> cover(each.shape(), definitions))) {
      return Reach.ALL;
    }
    return required.stream().allMatch(each -> couldCover(each, definitions))
        ? Reach.SOME
        : Reach.NONE;
  }

  private boolean couldCover(ScopeTemplate required, Map<String, List<Scope>> definitions) {
    return (ceiling.isEmpty() || ceiling.get().couldCover(required, definitions))
        && Stream.concat(
                scopes.stream(),
                roles.stream().flatMap(role -> definitions.getOrDefault(role, List.of()).stream()))
            .anyMatch(required::couldBeCoveredBy);
  }

  private static boolean anyCovers(List<Scope> granted, RequiredScope required) {
    for (Scope scope : granted) {
      if (scope.covers(required)) {
        return true;
      }
    }
    return false;
  }

  /** The written forms that {@link #parse} reads. */
  public List<String> written() {
    List<String> written = new ArrayList<>(scopes.size() + roles.size());
    scopes.forEach(scope -> written.add(scope.toString()));
    roles.forEach(role -> written.add(ROLE + role));
    return written;
  }
}
