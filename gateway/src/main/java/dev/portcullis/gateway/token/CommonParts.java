package dev.portcullis.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limits;
import java.util.List;
import java.util.Optional;

/**
 * One instance of each of the values that many records have in common, so that a record that is
 * kept costs little more than what it has of its own. Bounded. Safe for threads.
 */
final class CommonParts {
  private static final int MOST = 1_000;

  private final Cache<GrantedScopes, GrantedScopes> scopes = bounded();
  private final Cache<Limits, Limits> limits = bounded();
  private final Cache<List<AddressBlock>, List<AddressBlock>> addresses = bounded();
  private final Cache<Optional<String>, Optional<String>> organizations = bounded();

  private static <T> Cache<T, T> bounded() {
    return Caffeine.newBuilder().maximumSize(MOST).build();
  }

  private static <T> T one(Cache<T, T> known, T value) {
    return known.get(value, same -> same);
  }

  /**
   * An equal token, made of these.
   *
   * @param owner equal to the id of its principal
   */
  Token of(Token token, String owner) {
    return new Token(
        token.id(),
        owner,
        token.kind(),
        one(scopes, token.scopes()),
        token.expiresAt(),
        token.revokedAt(),
        one(addresses, token.allowedAddresses()),
        one(limits, token.limits()),
        token.countedAs(),
        token.parent());
  }

  /** An equal principal, made of these. */
  Principal of(Principal principal) {
    return new Principal(
        principal.id(),
        principal.kind(),
        principal.email(),
        one(organizations, principal.organization()),
        principal.enabled(),
        one(scopes, principal.scopes()));
  }
}
