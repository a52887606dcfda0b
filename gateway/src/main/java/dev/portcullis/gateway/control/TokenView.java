package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.TokenDetails;
import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.token.LastUse;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.Limit;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A token in JSON, without its secret. What it does not have is {@code null}.
 *
 * @param api that it was made for
 * @param storedAs the name of the parameter that its secret was put in
 * @param ageFlag whether it was created long ago
 * @param expiresSoon whether it is good still, but not for long
 */
record TokenView(
    String id,
    String principal,
    Optional<String> organization,
    String kind,
    Optional<String> api,
    String name,
    String description,
    List<String> scopes,
    String status,
    Instant createdAt,
    String createdBy,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    List<String> allowedAddresses,
    List<String> limits,
    Map<String, String> tags,
    Optional<String> replaces,
    Optional<String> replacedBy,
    Optional<String> revokedReason,
    Optional<String> storedAs,
    Optional<Instant> lastUsedAt,
    Optional<String> lastUsedFrom,
    boolean ageFlag,
    boolean expiresSoon) {

  /** The token as it stands at {@code now}. */
  static TokenView of(
      TokenDetails details, Optional<LastUse> lastUse, Instant now, boolean old, boolean ending) {
    Token token = details.token();
    return new TokenView(
        token.id(),
        token.principalId(),
        details.organization(),
        token.kind().word(),
        details.api(),
        details.name(),
        details.description(),
        token.scopes().written(),
        token.status(now).name().toLowerCase(Locale.ROOT),
        details.createdAt(),
        details.createdBy(),
        token.expiresAt(),
        token.revokedAt(),
        token.allowedAddresses().stream().map(AddressBlock::toString).toList(),
        token.limits().written().stream().map(Limit::toString).toList(),
        details.tags(),
        details.replaces(),
        details.replacedBy(),
        details.revokedReason(),
        details.storedAs(),
        lastUse.map(LastUse::at),
        lastUse.flatMap(LastUse::from),
        old,
        ending);
  }
}
