package dev.portcullis.load.chain;

import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store of one token and its owner, as the load tests make them; counts how often it is read. */
final class OneToken implements TokenStore {
  static final String EMAIL = "hot@example.com";
  private static final String OWNER = "hot";
  private static final GrantedScopes SCOPES = GrantedScopes.parse(List.of("*:read"));

  private final TokenHash hash;
  private int reads;

  OneToken(TokenHash hash) {
    this.hash = hash;
  }

  int reads() {
    return reads;
  }

  @Override
  public CompletionStage<Lookup<Token>> token(TokenHash asked) {
    reads++;
    return CompletableFuture.completedStage(
        asked.equals(hash) ? new Lookup.Found<>(token()) : new Lookup.Absent<>());
  }

  @Override
  public CompletionStage<Lookup<Principal>> principal(String id) {
    reads++;
    return CompletableFuture.completedStage(
        id.equals(OWNER) ? new Lookup.Found<>(owner()) : new Lookup.Absent<>());
  }

  private static Token token() {
    String id = "01kdvbs6800000000000000000";
    return new Token(
        id,
        OWNER,
        TokenKind.API,
        SCOPES,
        Optional.of(Instant.now().plus(Duration.ofDays(90))),
        Optional.empty(),
        List.of(AddressBlock.parse("127.0.0.0/8"), AddressBlock.parse("::1/128")),
        Limits.NONE,
        id,
        Optional.empty());
  }

  private static Principal owner() {
    return new Principal(
        OWNER,
        PrincipalKind.USER,
        Optional.of(new EmailAddress(EMAIL)),
        Optional.empty(),
        true,
        SCOPES);
  }
}
