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
 * @param api the API that it was made for, whose policy says what it is like; it may be used for
 *     any that its scopes are good for
 * @param name given by people
 * @param description may be empty
 * @param createdAt when
 * @param createdBy the operator's principal id, or {@code operator}
 * @param tags given by people
 * @param replaces the id of the token it was regenerated from
 * @param replacedBy the id of the token it was regenerated to; such a token only ends
 * @param revokedReason given by people
 * @param storedAs the name in the parameter store of what was not shown to anybody
 */
public record TokenDetails(
    Token token,
    Optional<String> organization,
    Optional<String> api,
    String name,
    String description,
    Instant createdAt,
    String createdBy,
    Map<String, String> tags,
    Optional<String> replaces,
    Optional<String> replacedBy,
    Optional<String> revokedReason,
    Optional<String> storedAs) {

  public TokenDetails {
    tags = Map.copyOf(tags);
  }

  /** Its id. */
  public String id() {
    return token.id();
  }

  /** What its secret is in; empty where that was shown. */
  Optional<Parameter> parameter() {
    return storedAs.map(stored -> new Parameter(stored, organization, token.id()));
  }

  /** The same but for what people wrote. */
  public TokenDetails described(
      String newName, String newDescription, Map<String, String> newTags) {
    return new TokenDetails(
        token,
        organization,
        api,
        newName,
        newDescription,
        createdAt,
        createdBy,
        newTags,
        replaces,
        replacedBy,
        revokedReason,
        storedAs);
  }

  /** The same, ending at another instant. */
  public TokenDetails endingAt(Optional<Instant> expiresAt) {
    return with(token.expiringAt(expiresAt), replacedBy, revokedReason, storedAs);
  }

  /** The same, revoked. */
  public TokenDetails revoked(Instant at, Optional<String> reason) {
    return with(token.revokedAt(at), replacedBy, reason, storedAs);
  }

  /** The same, with its secret in a parameter of this name. */
  TokenDetails storedAs(String parameter) {
    return with(token, replacedBy, revokedReason, Optional.of(parameter));
  }

  /** The same, replaced by the token with this id. */
  public TokenDetails replacedBy(String id) {
    return with(token, Optional.of(id), revokedReason, storedAs);
  }

  private TokenDetails with(
      Token changed,
      Optional<String> replacement,
      Optional<String> whyRevoked,
      Optional<String> parameter) {
    return new TokenDetails(
        changed,
        organization,
        api,
        name,
        description,
        createdAt,
        createdBy,
        tags,
        replaces,
        replacement,
        whyRevoked,
        parameter);
  }
}
