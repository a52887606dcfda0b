package dev.portcullis.gateway.token;

import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Tokens of {@link TestPrincipals#user()}, and secrets, for tests. */
public final class TestTokens {
  /** When they were created. */
  public static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  /** The id of each, where none is given. */
  public static final String ID = "01kdvbs6800000000000000000";

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private TestTokens() {}

  /** A ring of one pepper, {@code p1}. */
  public static PepperRing ring() {
    return new PepperRing(pepper("p1"), List.of());
  }

  /** A pepper with this id, whose key is 32 bytes made of it. */
  public static Pepper pepper(String id) {
    return Pepper.of(id, id.repeat(32).substring(0, 32).getBytes(StandardCharsets.US_ASCII));
  }

  /** Never expires and may do everything. */
  public static Token active() {
    return token(ID, TestPrincipals.user().id());
  }

  /** Never expires and may do everything; with an id of its own. */
  public static Token activeOf(Principal principal) {
    return token("t" + NUMBERS.incrementAndGet(), principal.id());
  }

  /** With these scopes. */
  public static Token withScopes(String... scopes) {
    Token token = active();
    return new Token(
        token.id(),
        token.principalId(),
        token.kind(),
        GrantedScopes.parse(List.of(scopes)),
        token.expiresAt(),
        token.revokedAt(),
        token.allowedAddresses(),
        token.limits(),
        token.countedAs(),
        token.parent());
  }

  /** A personal one: may do everything its user may. */
  public static Token personal() {
    return ofKind(TokenKind.PERSONAL);
  }

  /** An access key. */
  public static Token accessKey() {
    return ofKind(TokenKind.ACCESS_KEY);
  }

  /** An access key with this id and these scopes. */
  public static Token accessKey(String id, String... scopes) {
    return made(id, TokenKind.ACCESS_KEY, Optional.empty(), scopes);
  }

  /** A session of this access key, whose record may be under these hashes; none for no parent. */
  public static Token sessionOf(Token key, List<TokenHash> hashes, String... scopes) {
    Optional<Parent> parent = Optional.of(new Parent(key.id(), hashes));
    return made(ID, TokenKind.SESSION, parent.filter(it -> !it.hashes().isEmpty()), scopes);
  }

  private static Token made(String id, TokenKind kind, Optional<Parent> parent, String... scopes) {
    Token token = withScopes(scopes);
    return new Token(
        id,
        token.principalId(),
        kind,
        token.scopes(),
        token.expiresAt(),
        token.revokedAt(),
        token.allowedAddresses(),
        token.limits(),
        id,
        parent);
  }

  /** One that is in no store. */
  public static Token ofAnotherIssuer() {
    return ofKind(TokenKind.JWT);
  }

  private static Token ofKind(TokenKind kind) {
    Token token = active();
    return new Token(
        token.id(),
        token.principalId(),
        kind,
        GrantedScopes.NONE,
        token.expiresAt(),
        token.revokedAt(),
        token.allowedAddresses(),
        token.limits(),
        token.countedAs(),
        token.parent());
  }

  /** Refused from this instant on. */
  public static Token expiringAt(Instant expiresAt) {
    Token token = active();
    return new Token(
        token.id(),
        token.principalId(),
        token.kind(),
        token.scopes(),
        Optional.of(expiresAt),
        token.revokedAt(),
        token.allowedAddresses(),
        token.limits(),
        token.countedAs(),
        token.parent());
  }

  /** Revoked an hour after it was created. */
  public static Token revoked() {
    return revoked(active(), CREATED.plusSeconds(3600));
  }

  /** The token, revoked. */
  public static Token revoked(Token token, Instant at) {
    return new Token(
        token.id(),
        token.principalId(),
        token.kind(),
        token.scopes(),
        token.expiresAt(),
        Optional.of(at),
        token.allowedAddresses(),
        token.limits(),
        token.countedAs(),
        token.parent());
  }

  /** To be used from these blocks only. */
  public static Token allowedFrom(String... blocks) {
    return allowedFrom(active(), blocks);
  }

  /** The token, to be used from these blocks only. */
  public static Token allowedFrom(Token token, String... blocks) {
    return new Token(
        token.id(),
        token.principalId(),
        token.kind(),
        token.scopes(),
        token.expiresAt(),
        token.revokedAt(),
        List.of(blocks).stream().map(AddressBlock::parse).toList(),
        token.limits(),
        token.countedAs(),
        token.parent());
  }

  /** The limits that these words are. */
  public static Limits limits(String... words) {
    return Limits.ofToken(Stream.of(words).map(Limit::ofToken).toList());
  }

  /** Never expires and may do everything; with this id and owner. */
  public static Token token(String id, String principalId) {
    return new Token(
        id,
        principalId,
        TokenKind.API,
        GrantedScopes.parse(List.of("*:*")),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Limits.NONE,
        id,
        Optional.empty());
  }
}
