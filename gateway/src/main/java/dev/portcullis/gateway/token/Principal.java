package dev.portcullis.gateway.token;

import dev.portcullis.policy.GrantedScopes;
import java.util.Optional;

/**
 * A user or a service account: who owns tokens and bounds them.
 *
 * @param id public
 * @param kind user or service account
 * @param email compared as {@link EmailAddress} says
 * @param organization the tenant, where there are tenants
 * @param enabled when false all its tokens are refused
 * @param scopes the ceiling of all its tokens
 */
public record Principal(
    String id,
    PrincipalKind kind,
    Optional<EmailAddress> email,
    Optional<String> organization,
    boolean enabled,
    GrantedScopes scopes) {

  /** The same, enabled or disabled. */
  public Principal enabled(boolean now) {
    return new Principal(id, kind, email, organization, now, scopes);
  }
}
