package dev.portcullis.gateway.token;

import dev.portcullis.policy.GrantedScopes;
import java.util.List;
import java.util.Optional;

/** Principals for tests. */
public final class TestPrincipals {
  private TestPrincipals() {}

  /** An enabled user in no organization, who may do everything. */
  public static Principal user() {
    return user("ada");
  }

  /** An enabled user with this id and the e-mail {@code <id>@example.org}. */
  public static Principal user(String id) {
    return new Principal(
        id,
        PrincipalKind.USER,
        Optional.of(new EmailAddress(id + "@example.org")),
        Optional.empty(),
        true,
        GrantedScopes.parse(List.of("*:*")));
  }

  /** An enabled service account without an e-mail. */
  public static Principal serviceAccount(String id) {
    return new Principal(
        id,
        PrincipalKind.SERVICE_ACCOUNT,
        Optional.empty(),
        Optional.empty(),
        true,
        GrantedScopes.parse(List.of("*:*")));
  }

  /** The user, of this organization. */
  public static Principal inOrganization(String organization) {
    Principal user = user();
    return new Principal(
        user.id(), user.kind(), user.email(), Optional.of(organization), true, user.scopes());
  }

  /** The user, disabled. */
  public static Principal disabled() {
    Principal user = user();
    return new Principal(
        user.id(), user.kind(), user.email(), user.organization(), false, user.scopes());
  }

  /** The user, with these scopes as the ceiling. */
  public static Principal withScopes(String... scopes) {
    Principal user = user();
    return new Principal(
        user.id(),
        user.kind(),
        user.email(),
        user.organization(),
        true,
        GrantedScopes.parse(List.of(scopes)));
  }
}
