package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.TokenStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * Which tokens are meant; empty for any.
 *
 * @param principal only of this one
 * @param organization only of this one
 * @param status only these
 * @param endsBefore only active ones that end before this instant
 * @param createdUntil only active ones that were created at this instant or before
 */
public record TokenFilter(
    Optional<String> principal,
    Optional<String> organization,
    Optional<TokenStatus> status,
    Optional<Instant> endsBefore,
    Optional<Instant> createdUntil) {

  /** All tokens of this principal. */
  public static TokenFilter ofPrincipal(String id) {
    return new TokenFilter(
        Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same, within this organization. */
  public TokenFilter within(Optional<String> bound) {
    return new TokenFilter(principal, bound, status, endsBefore, createdUntil);
  }

  /** Whether the token, as it stands at this instant, is one of them. */
  public boolean passes(TokenDetails details, Instant now) {
    TokenStatus stands = details.token().status(now);
    return agrees(principal, details.token().principalId())
        && (organization.isEmpty() || organization.equals(details.organization()))
        && agrees(status, stands)
        && (endsBefore.isEmpty() || (stands == TokenStatus.ACTIVE && endsInTime(details)))
        && (createdUntil.isEmpty()
            || (stands == TokenStatus.ACTIVE && !details.createdAt().isAfter(createdUntil.get())));
  }

  private boolean endsInTime(TokenDetails details) {
    return details.token().expiresAt().filter(at -> at.isBefore(endsBefore.get())).isPresent();
  }

  private static <T> boolean agrees(Optional<T> wanted, T there) {
    return wanted.isEmpty() || wanted.get().equals(there);
  }
}
