package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.policy.GrantedScopes;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what {@code POST /v1/principals} asks for. */
final class NewPrincipal {
  private NewPrincipal() {}

  /** The principal asked for; means nothing once {@code members} has problems. */
  static Principal read(JsonMembers members, Operator operator) {
    String id = members.requiredText("id", TextRule.ID).orElse("");
    if (Operator.RESERVED_NAMES.contains(id)) {
      members.refuse("id", "is a name that the gateway uses itself; choose another");
    }
    members.require("kind");
    PrincipalKind kind =
        members.parsed("kind", NewPrincipal::kind).orElse(PrincipalKind.SERVICE_ACCOUNT);
    Optional<EmailAddress> email = members.text("email", TextRule.EMAIL).map(EmailAddress::new);
    Optional<String> organization = members.text("organization", TextRule.ID);
    if (!operator.sees(organization)) {
      members.refuse("organization", "is not the organization that you act for");
    }
    members.require("scopes");
    Map<String, GrantedScopes> scopes = members.scopes("scopes");
    Grants.checkGivable(scopes, operator, members);
    return new Principal(id, kind, email, organization, true, Grants.together(scopes));
  }

  private static PrincipalKind kind(String word) {
    return Stream.of(PrincipalKind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "is not "
                        + Stream.of(PrincipalKind.values())
                            .map(PrincipalKind::word)
                            .collect(Collectors.joining(" or "))));
  }
}
