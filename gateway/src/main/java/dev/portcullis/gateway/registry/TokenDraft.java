package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a new token is to be; the other fields are those of a token.
 *
 * @param api the API that it is made for, whose policy says what it is like
 * @param prefix that its secret begins with; empty for the gateway's own
 */
public record TokenDraft(
    Optional<String> api,
    Optional<String> prefix,
    TokenKind kind,
    String name,
    String description,
    GrantedScopes scopes,
    Optional<Instant> expiresAt,
    List<AddressBlock> allowedAddresses,
    Limits limits,
    Map<String, String> tags) {
  public TokenDraft {
    allowedAddresses = List.copyOf(allowedAddresses);
    tags = Map.copyOf(tags);
  }
}
