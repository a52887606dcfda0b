package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.Token;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A token with all that is kept of it, except its secret, of which only a hash is.
 *
 * @param token what decides
 * @param organization its principal's, which is there also when the principal no longer is
 * @param name given by people
 * @param description may be empty
 * @param createdAt when
 * @param createdBy the operator's principal id, or {@code operator}
 * @param tags given by people
 * @param replaces the id of the token it was regenerated from
 * @param replacedBy the id of the token it was regenerated to; such a token only ends
 * @param revokedReason given by people
 */
public record TokenDetails(
    Token token,
    Optional<String> organization,
    String name,
    String description,
    Instant createdAt,
    String createdBy,
    Map<String, String> tags,
    Optional<String> replaces,
    Optional<String> replacedBy,
    Optional<String> revokedReason) {

  public TokenDetails {
    tags = Map.copyOf(tags);
  }

  /** Its id. */
  public String id() {
    return token.id();
  }

  /** The same but for what people wrote. */
  public TokenDetails described(
      String newName, String newDescription, Map<String, String> newTags) {
    return new TokenDetails(
        token,
        organization,
        newName,
        newDescription,
        createdAt,
        createdBy,
        newTags,
        replaces,
        replacedBy,
        revokedReason);
  }

  /** The same, ending at another instant. */
  public TokenDetails endingAt(Optional<Instant> expiresAt) {
    return with(token.expiringAt(expiresAt), replacedBy, revokedReason);
  }

  /** The same, revoked. */
  public TokenDetails revoked(Instant at, Optional<String> reason) {
    return with(token.revokedAt(at), replacedBy, reason);
  }

  /** The same, replaced by the token with this id. */
  public TokenDetails replacedBy(String id) {
    return with(token, Optional.of(id), revokedReason);
  }

  private TokenDetails with(
      Token changed, Optional<String> replacement, Optional<String> whyRevoked) {
    return new TokenDetails(
        changed,
        organization,
        name,
        description,
        createdAt,
        createdBy,
        tags,
        replaces,
        replacement,
        whyRevoked);
  }
}
