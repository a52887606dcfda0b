package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.Principal;
import java.util.List;
import java.util.Optional;

/** A principal in JSON. What it does not have is {@code null}. */
record PrincipalView(
    String id,
    String kind,
    Optional<String> email,
    Optional<String> organization,
    boolean enabled,
    List<String> scopes) {

  static PrincipalView of(Principal principal) {
    return new PrincipalView(
        principal.id(),
        principal.kind().word(),
        principal.email().map(EmailAddress::text),
        principal.organization(),
        principal.enabled(),
        principal.scopes().written());
  }
}
