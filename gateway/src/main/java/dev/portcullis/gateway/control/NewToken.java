package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.registry.TokenDraft;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.GrantedScopes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code POST /v1/tokens} asks for; means nothing once the members it was read from have
 * problems.
 *
 * @param principal whose it will be; empty where that was no id
 * @param scopes by the field that asked for each
 */
record NewToken(
    Optional<String> principal,
    TokenKind kind,
    String name,
    String description,
    Map<String, GrantedScopes> scopes,
    Optional<Instant> expiresAt,
    List<AddressBlock> allowedAddresses,
    List<String> limits,
    Map<String, String> tags) {

  static NewToken read(JsonMembers members, Instant now) {
    Optional<String> principal = members.requiredText("principal", TextRule.ID);
    members.require("kind");
    Optional<TokenKind> kind = members.parsed("kind", NewToken::kind);
    String name = members.requiredText("name", TextRule.NAME).orElse("");
    Map<String, GrantedScopes> scopes = members.scopes("scopes");
    kind.ifPresent(known -> checkScopes(known, members));
    return new NewToken(
        principal,
        kind.orElse(TokenKind.API),
        name,
        members.text("description", TextRule.DESCRIPTION).orElse(""),
        scopes,
        Expiry.read(members, now),
        List.copyOf(members.parsedList("allowedAddresses", AddressBlock::parse).values()),
        members.texts("limits", TextRule.LIMIT),
        members.tags("tags"));
  }

  /** No scopes never means all scopes, so a token that has its own must name one. */
  private static void checkScopes(TokenKind kind, JsonMembers members) {
    if (kind == TokenKind.API && members.isEmptyList("scopes")) {
      members.refuse("scopes", "needs at least one scope; a token without any could do nothing");
    }
    if (kind == TokenKind.PERSONAL && members.has("scopes")) {
      members.refuse("scopes", "is not for a personal token, which may do all its user may");
    }
  }

  private static TokenKind kind(String word) {
    TokenKind kind =
        Stream.of(TokenKind.values())
            .filter(known -> known.word().equals(word))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("is not 'api' or 'personal'"));
    if (kind == TokenKind.ACCESS_KEY || kind == TokenKind.SESSION) {
      throw new IllegalArgumentException(
          "'" + word + "' is not offered by this version; 'api' and 'personal' are");
    }
    return kind;
  }

  /** The token asked for. */
  TokenDraft draft() {
    return new TokenDraft(
        kind,
        name,
        description,
        Grants.together(scopes),
        expiresAt,
        allowedAddresses,
        limits,
        tags);
  }
}
