package dev.portcullis.gateway.token;

import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.RequiredScope;
import dev.portcullis.policy.Scope;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param parent of a {@link TokenKind#SESSION}; empty for any other
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
    Optional<Parent> parent) {

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

  /**
   * The same as far as its parent is good: revoked where that is, ending no later, and good for no
   * more. The same object where that bounds nothing.
   */
  public Token within(Token maker) {
    Optional<Instant> revoked = revokedAt.or(maker::revokedAt);
    Optional<Instant> end = maker.endsBefore(expiresAt) ? maker.expiresAt : expiresAt;
    GrantedScopes bounded = scopes.within(maker.scopes);
    return revoked.equals(revokedAt) && end.equals(expiresAt) && bounded.equals(scopes)
        ? this
        : new Token(
            id,
            principalId,
            kind,
            bounded,
            end,
            revoked,
            allowedAddresses,
            limits,
            countedAs,
            parent);
  }

  private boolean endsBefore(Optional<Instant> other) {
    return expiresAt.isPresent() && (other.isEmpty() || expiresAt.get().isBefore(other.get()));
  }

  /** What it was given, which is good only as far as its owner's scopes are. */
  public GrantedScopes granted(Principal owner) {
    return kind == TokenKind.PERSONAL ? owner.scopes() : scopes;
  }

  /**
   * What a token may do: whether both what it was given and its owner's scopes cover this one.
   *
   * @param roles what they stand for
   */
  public boolean may(RequiredScope required, Map<String, List<Scope>> roles, Principal owner) {
    return granted(owner).cover(required, roles)
        && (kind == TokenKind.PERSONAL || owner.scopes().cover(required, roles));
  }

  /** Whether it may be used from this address; empty for an unknown one. */
  public boolean isAllowedFrom(Optional<InetAddress> client) {
    if (allowedAddresses.isEmpty()) {
      return true;
    }
    for (AddressBlock block : allowedAddresses) {
      if (client.isPresent() && block.contains(client.get())) {
        return true;
      }
    }
    return false;
  }

  /** The id of the token whose last use a use of this is: its parent's, or its own. */
  public String notedAs() {
    return parent.isPresent() ? parent.get().id() : id;
  }
}
