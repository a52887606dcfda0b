package dev.portcullis.gateway.token;

import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The facts of a token that decide over a request. What people wrote about it is kept beside it, by
 * {@code registry}.
 *
 * @param id public, never secret
 * @param principalId its owner
 * @param kind what sort of token
 * @param scopes its own; not read for {@link TokenKind#PERSONAL}
 * @param expiresAt it is refused from this instant on; empty for never
 * @param revokedAt set once, never unset
 * @param allowedAddresses where it may be used from; empty for anywhere
 * @param limits its own, counted over all APIs
 * @param countedAs the id under which its uses are counted: its own, or of the token that it was
 *     first regenerated from
 * @param parent of a {@link TokenKind#SESSION}, the hash of the access key that it was made with
 *     and dies with; empty for any other
 */
public record Token(
    String id,
    String principalId,
    TokenKind kind,
    GrantedScopes scopes,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    List<AddressBlock> allowedAddresses,
    Limits limits,
    String countedAs,
    Optional<TokenHash> parent) {

  public Token {
    allowedAddresses = List.copyOf(allowedAddresses);
  }

  /**
   * Whether it is good at this instant. Revoked comes before expired, and a token that was given an
   * instant of revocation is revoked, whatever the instant: clocks differ, a revoke must not.
   */
  public TokenStatus status(Instant at) {
    if (revokedAt.isPresent()) {
      return TokenStatus.REVOKED;
    }
    return expiresAt.isPresent() && !at.isBefore(expiresAt.get())
        ? TokenStatus.EXPIRED
        : TokenStatus.ACTIVE;
  }

  /** The same, ending at another instant. */
  public Token expiringAt(Optional<Instant> end) {
    return new Token(
        id, principalId, kind, scopes, end, revokedAt, allowedAddresses, limits, countedAs, parent);
  }

  /** The same, revoked. */
  public Token revokedAt(Instant at) {
    return new Token(
        id,
        principalId,
        kind,
        scopes,
        expiresAt,
        Optional.of(at),
        allowedAddresses,
        limits,
        countedAs,
        parent);
  }
}
