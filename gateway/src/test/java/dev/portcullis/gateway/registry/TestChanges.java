package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.registry.Commit.Obstacle;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Changes that tests make with a registry, by a hash or an instant of their choice. */
public final class TestChanges {
  /** Who makes them. */
  public static final Author AUTHOR =
      new Author("operator", Optional.empty(), Optional.of("127.0.0.1"));

  /** Lets all tokens through. */
  public static final TokenFilter ALL_TOKENS =
      new TokenFilter(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Map<Obstacle, String> FIELDS =
      Map.of(
          Obstacle.PRINCIPAL_EXISTS, "id",
          Obstacle.PRINCIPAL_CHANGED, "principal",
          Obstacle.TOKEN_EXISTS, "id",
          Obstacle.TOKEN_CHANGED, "token",
          Obstacle.SECRET_KNOWN, "secret",
          Obstacle.REQUEST_KNOWN, "request");

  private TestChanges() {}

  /** Adds a principal. */
  public static CompletionStage<Outcome<Principal>> createPrincipal(
      TokenRegistry registry, Principal principal) {
    Change change =
        Change.of(
            new Write.AddPrincipal(principal),
            Entries.of(
                AuditAction.PRINCIPAL_CREATE,
                Optional.empty(),
                Optional.of(principal),
                AUTHOR,
                TestTokens.CREATED,
                ""));
    return registry.commit(change).thenApply(commit -> outcome(commit, principal));
  }

  /** Adds a token of its principal, who must be there, under this hash. */
  public static CompletionStage<Outcome<TokenDetails>> createToken(
      TokenRegistry registry, TokenDetails token, TokenHash hash) {
    return registry
        .principal(token.token().principalId())
        .thenCompose(
            found ->
                found instanceof Outcome.NotFound<Principal>
                    ? Outcomes.conflict("principal", "")
                    : Outcomes.then(found, owner -> createToken(registry, token, hash, owner)));
  }

  private static CompletionStage<Outcome<TokenDetails>> createToken(
      TokenRegistry registry, TokenDetails token, TokenHash hash, Principal owner) {
    Change change =
        Change.of(
            new Write.AddToken(token, List.of(hash), owner),
            Entries.created(AuditAction.TOKEN_CREATE, token, AUTHOR, TestTokens.CREATED, ""));
    return registry.commit(change).thenApply(commit -> outcome(commit, token));
  }

  /** Revokes a token. */
  public static CompletionStage<Outcome<TokenDetails>> revoke(
      TokenRegistry registry, String id, Instant at) {
    return new TokenLife(registry, new InMemoryParameters(), () -> at)
        .revoke(id, Optional.empty(), AUTHOR);
  }

  private static <T> Outcome<T> outcome(Commit commit, T value) {
    return switch (commit) {
      case Commit.Done _ -> new Outcome.Done<>(value);
      case Commit.Obstructed(Obstacle obstacle) ->
          new Outcome.Conflict<>(FIELDS.getOrDefault(obstacle, ""), obstacle.name());
      case Commit.Unavailable(String cause) -> new Outcome.Unavailable<>(cause);
    };
  }

  /** The token with this id, without its last use. */
  public static CompletionStage<Outcome<TokenDetails>> details(TokenRegistry registry, String id) {
    return registry
        .token(id)
        .thenCompose(
            found ->
                Outcomes.then(
                    found,
                    kept -> CompletableFuture.completedStage(new Outcome.Done<>(kept.details()))));
  }
}
