package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Storage;
import dev.portcullis.gateway.registry.TokenDraft;
import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Limits;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a request for a new token asks for; means nothing once the members it was read from have
 * problems.
 *
 * @param principal whose it will be; empty where that was no id
 * @param api that it is made for; empty for none
 * @param prefix that its secret begins with; empty for the gateway's own
 * @param scopes by the field that asked for each
 * @param storage where its secret is to be put; empty where it is to be shown
 */
record NewToken(
    Optional<String> principal,
    Optional<String> api,
    TokenKind kind,
    Optional<String> prefix,
    String name,
    String description,
    Map<String, GrantedScopes> scopes,
    Optional<Instant> expiresAt,
    List<AddressBlock> allowedAddresses,
    Limits limits,
    Map<String, String> tags,
    Optional<Storage> storage) {

  static NewToken read(JsonMembers members, RulesPerApi rules, Instant now) {
    members.require("kind");
    return read(members, rules, now, kind -> StorageMember.read(kind, members));
  }

  /** The same, of kind {@code api} where none is named, and of a secret that is not known here. */
  static NewToken readImported(JsonMembers members, RulesPerApi rules, Instant now) {
    return read(members, rules, now, _ -> Optional.empty());
  }

  private static NewToken read(
      JsonMembers members,
      RulesPerApi rules,
      Instant now,
      Function<TokenKind, Optional<Storage>> storage) {
    Optional<String> principal = members.requiredText("principal", TextRule.ID);
    Optional<String> api = members.parsed("api", rules::known);
    Optional<TokenKind> named = members.parsed("kind", NewToken::kind);
    String name = members.requiredText("name", TextRule.NAME).orElse("");
    Map<String, GrantedScopes> scopes = members.scopes("scopes");
    Expiry expiry = Expiry.read(members, now);
    TokenKind kind = named.orElse(TokenKind.API);
    if (named.isPresent() || !members.has("kind")) {
      checkScopes(kind, members);
    }
    return new NewToken(
        principal,
        api,
        kind,
        rules.prefix(api, kind),
        name,
        members.text("description", TextRule.DESCRIPTION).orElse(""),
        scopes,
        expiry.end(kind, rules.lifetimes(api), members),
        List.copyOf(members.parsedList("allowedAddresses", AddressBlock::parse).values()),
        limits(members),
        members.tags(),
        storage.apply(kind));
  }

  /** No scopes never means all scopes, so a token that has its own must name one. */
  private static void checkScopes(TokenKind kind, JsonMembers members) {
    if (kind == TokenKind.PERSONAL) {
      if (members.has("scopes")) {
        members.refuse("scopes", "is not for a personal token, which may do all its user may");
      }
    } else if (members.isEmptyList("scopes")) {
      members.refuse("scopes", "needs at least one scope; a token without any could do nothing");
    }
  }

  /** Of two with the same window the wider one would mean nothing. */
  private static Limits limits(JsonMembers members) {
    Map<String, Limit> limits = members.parsedList("limits", Limit::ofToken);
    Set<Limit.Window> seen = EnumSet.noneOf(Limit.Window.class);
    limits.forEach(
        (field, limit) -> {
          if (!seen.add(limit.window())) {
            members.refuse(field, "limits a window that another limits already; keep one of them");
          }
        });
    return Limits.ofToken(List.copyOf(limits.values()));
  }

  private static TokenKind kind(String word) {
    TokenKind kind =
        TokenKind.of(word)
            .orElseThrow(
                () -> new IllegalArgumentException("is not 'api', 'personal' or 'access-key'"));
    if (kind == TokenKind.JWT) {
      throw new IllegalArgumentException("'jwt' is made by another issuer");
    }
    if (kind == TokenKind.SESSION) {
      throw new IllegalArgumentException("'session' is not made here; its access key is");
    }
    return kind;
  }

  /** The token asked for. */
  TokenDraft draft() {
    return new TokenDraft(
        api,
        prefix,
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
