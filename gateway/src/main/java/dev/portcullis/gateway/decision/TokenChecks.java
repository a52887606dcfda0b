package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import dev.portcullis.policy.Scope;
import dev.portcullis.policy.ScopeTemplate;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The checks of a known token against one request, in the order in which they are told to the
 * client: whose, revoked, expired, enabled, from where, for what.
 *
 * <p>They read facts only, so that a cached token is judged anew at every request and on every
 * route.
 */
record TokenChecks(Token token, Principal principal, Claim.Made claim, Instant now) {

  Decision decide(RequestHead head, RouteMatch match) {
    if (claim.email().isPresent() && !claim.email().equals(principal.email())) {
      return denied(Reason.EMAIL_MISMATCH);
    }
    if (isOfAnotherOrganization(match.policy())) {
      return denied(Reason.ORGANIZATION_MISMATCH);
    }
    if (token.revokedAt().isPresent()) {
      return denied(Reason.TOKEN_REVOKED);
    }
    if (token.expiresAt().isPresent() && !now.isBefore(token.expiresAt().get())) {
      return denied(Reason.TOKEN_EXPIRED);
    }
    if (!principal.enabled()) {
      return denied(Reason.PRINCIPAL_DISABLED);
    }
    if (!isFromAllowedAddress(head.client())) {
      return denied(Reason.ADDRESS_NOT_ALLOWED);
    }
    return coversAll(match) ? new Allowed(token, principal) : scopeInsufficient(match);
  }

  /** A personal token acts in the organization that the request names, so it must name one. */
  private boolean isOfAnotherOrganization(Policy policy) {
    if (policy.organizationHeader().isEmpty()) {
      return false;
    }
    return claim.organization().isEmpty()
        ? token.kind() == TokenKind.PERSONAL
        : !claim.organization().equals(principal.organization());
  }

  private boolean isFromAllowedAddress(Optional<InetAddress> client) {
    List<AddressBlock> allowed = token.allowedAddresses();
    if (allowed.isEmpty()) {
      return true;
    }
    for (AddressBlock block : allowed) {
      if (client.isPresent() && block.contains(client.get())) {
        return true;
      }
    }
    return false;
  }

  private boolean coversAll(RouteMatch match) {
    for (ScopeTemplate template : match.route().scopes()) {
      Scope required = template.resolve(match.variables());
      var roles = match.policy().roles();
      boolean granted = token.kind() == TokenKind.PERSONAL || token.scopes().cover(required, roles);
      if (!granted || !principal.scopes().cover(required, roles)) {
        return false;
      }
    }
    return true;
  }

  private Denied denied(Reason reason) {
    return new Denied(reason, Optional.of(token.id()), Optional.empty(), Optional.empty(), "");
  }

  private Denied scopeInsufficient(RouteMatch match) {
    String required =
        match.route().scopes().stream()
            .map(template -> template.resolve(match.variables()).toString())
            .collect(Collectors.joining(" "));
    return new Denied(
        Reason.SCOPE_INSUFFICIENT,
        Optional.of(token.id()),
        Optional.of(required),
        Optional.empty(),
        "");
  }
}
