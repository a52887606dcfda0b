package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.registry.Commit.Obstacle;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenHash;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The taking over of tokens from another system, which gives the SHA-256 of their secrets. */
public final class Importation {
  private final TokenRegistry registry;
  private final Issuance issuance;
  private final PepperRing peppers;
  private final InstantSource clock;

  Importation(TokenRegistry registry, Issuance issuance, PepperRing peppers, InstantSource clock) {
    this.registry = registry;
    this.issuance = issuance;
    this.peppers = peppers;
    this.clock = clock;
  }

  /**
   * Makes a token of a secret of another system. {@code Conflict("sha256", <id>)} where the secret
   * is known already, as that of the token with this id.
   *
   * @param sha256 of the secret, 64 lower-case hex digits
   * @param createdAt when it was made there, if that is known
   */
  public CompletionStage<Outcome<TokenDetails>> importToken(
      String sha256,
      TokenDraft draft,
      Optional<Instant> createdAt,
      Principal owner,
      Author author) {
    List<TokenHash> hashes = peppers.imported(sha256);
    // Asked first, for an obstacle on the way to the store holds up the changes behind it.
    return known(hashes)
        .thenCompose(
            known ->
                known instanceof Outcome.NotFound<TokenDetails>
                    ? add(hashes, draft, createdAt, owner, author)
                    : CompletableFuture.completedStage(known));
  }

  /** A conflict with the token whose secret has one of these hashes; not found where none has. */
  private CompletionStage<Outcome<TokenDetails>> known(List<TokenHash> hashes) {
    return registry
        .tokenByHash(hashes)
        .thenCompose(
            found ->
                Outcomes.then(found, kept -> Outcomes.conflict("sha256", kept.details().id())));
  }

  private CompletionStage<Outcome<TokenDetails>> add(
      List<TokenHash> hashes,
      TokenDraft draft,
      Optional<Instant> createdAt,
      Principal owner,
      Author author) {
    Instant now = clock.instant();
    TokenDetails token =
        issuance.token(draft, owner, author, createdAt.orElse(now), Optional.empty());
    Change change =
        Change.of(
            new Write.AddToken(token, hashes, owner),
            Entries.created(AuditAction.TOKEN_IMPORT, token, author, now, ""));
    return registry
        .commit(change)
        .thenCompose(
            commit ->
                switch (commit) {
                  case Commit.Done done -> Outcomes.done(token);
                  case Commit.Obstructed(Obstacle obstacle)
                      when obstacle == Obstacle.SECRET_KNOWN ->
                      known(hashes);
                  case Commit.Obstructed obstructed ->
                      CompletableFuture.completedStage(Outcomes.changedMeanwhile());
                  case Commit.Unavailable(String cause) ->
                      CompletableFuture.completedStage(new Outcome.Unavailable<>(cause));
                });
  }
}
