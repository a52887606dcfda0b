package dev.portcullis.gateway.control;

import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks something of the control plane.
 *
 * @param author as the audit trail names them
 * @param organization the only one this operator sees; empty for all
 * @param bounds all of them must cover what the operator does; none for the first operator
 */
record Operator(Author author, Optional<String> organization, List<GrantedScopes> bounds) {
  /** The first operator's name. */
  static final String FIRST_NAME = "operator";

  /** What the audit trail calls nobody known. */
  static final String NOBODY = "anonymous";

  /** Names in the audit trail that no principal can have. */
  static final Set<String> RESERVED_NAMES = Set.of(FIRST_NAME, NOBODY, Author.GATEWAY.name());

  /** Whoever holds the configured operator token: may do everything. */
  static Operator first(Optional<String> address) {
    return new Operator(
        new Author(FIRST_NAME, Optional.empty(), address), Optional.empty(), List.of());
  }

  /** The owner of a gateway token that is good. */
  static Operator of(Token token, Principal principal, Optional<String> address) {
    return new Operator(
        new Author(principal.id(), Optional.of(token.id()), address),
        principal.organization(),
        List.of(principal.scopes(), token.granted(principal)));
  }

  /** The principal's id, or {@value #FIRST_NAME}. */
  String name() {
    return author.name();
  }

  /** Whether they may do anything here; not every token that is good is an operator's. */
  boolean mayAnything() {
    return bounds.stream().allMatch(bound -> bound.scopes().stream().anyMatch(Scope::isForGateway));
  }

  boolean may(Permission permission) {
    return mayDo(permission.scope());
  }

  /** Whether this operator may give a scope to others: nobody hands on what they lack. */
  boolean mayGive(Scope scope) {
    return !scope.isForGateway() || mayDo(scope);
  }

  private boolean mayDo(Scope scope) {
    return bounds.stream().allMatch(bound -> bound.cover(scope, Map.of()));
  }

  /** Whether anything of this organization, empty for any, exists for this operator. */
  boolean seesAnyOf(Optional<String> wanted) {
    return wanted.isEmpty() || sees(wanted);
  }

  /** Whether what belongs to this organization exists for this operator. */
  boolean sees(Optional<String> other) {
    return organization.isEmpty() || organization.equals(other);
  }
}
