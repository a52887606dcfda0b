package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.token.TokenStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The life of tokens there are: renamed, renewed, revoked. */
public final class TokenLife {
  private final TokenRegistry registry;
  private final ParameterStore parameters;
  private final InstantSource clock;

  TokenLife(TokenRegistry registry, ParameterStore parameters, InstantSource clock) {
    this.registry = registry;
    this.parameters = parameters;
    this.clock = clock;
  }

  /** Changes what people wrote about a token. Nothing is written where nothing differs. */
  public CompletionStage<Outcome<TokenDetails>> describe(
      String id, UnaryOperator<TokenDetails> change, Author author) {
    return change(
        AuditAction.TOKEN_UPDATE,
        id,
        author,
        "",
        before -> new Outcome.Done<>(change.apply(before)));
  }

  /**
   * Gives a token another end; one that has expired is good again. {@code Conflict("token", ...)}
   * where it is revoked or was regenerated.
   */
  public CompletionStage<Outcome<TokenDetails>> renew(
      String id, Optional<Instant> expiresAt, Author author) {
    return change(AuditAction.TOKEN_RENEW, id, author, "", before -> renewed(before, expiresAt));
  }

  private Outcome<TokenDetails> renewed(TokenDetails before, Optional<Instant> expiresAt) {
    if (before.token().status(clock.instant()) == TokenStatus.REVOKED) {
      return new Outcome.Conflict<>("token", "it is revoked, for good; create another");
    }
    if (before.replacedBy().isPresent()) {
      return new Outcome.Conflict<>(
          "token", "it was regenerated; renew " + before.replacedBy().get() + " instead");
    }
    return new Outcome.Done<>(before.endingAt(expiresAt));
  }

  /**
   * Ends a token now, for good; a second time changes nothing and gives the first instant. Where
   * its secret is in a parameter store, it is deleted there; no revoke waits for that, or fails by
   * it.
   */
  public CompletionStage<Outcome<TokenDetails>> revoke(
      String id, Optional<String> reason, Author author) {
    return revoked(id, reason, author)
        .thenApply(
            outcome -> {
              if (outcome instanceof Outcome.Done<TokenDetails>(TokenDetails token)) {
                token.parameter().ifPresent(parameters::delete);
              }
              return outcome;
            });
  }

  private CompletionStage<Outcome<TokenDetails>> revoked(
      String id, Optional<String> reason, Author author) {
    return change(
        AuditAction.TOKEN_REVOKE,
        id,
        author,
        reason.orElse(""),
        before ->
            new Outcome.Done<>(
                before.token().revokedAt().isPresent()
                    ? before
                    : before.revoked(clock.instant().truncatedTo(ChronoUnit.MILLIS), reason)));
  }

  private CompletionStage<Outcome<TokenDetails>> change(
      AuditAction action,
      String id,
      Author author,
      String detail,
      Function<TokenDetails, Outcome<TokenDetails>> rule) {
    return Repeated.whileObstructed(
        () ->
            registry
                .token(id)
                .thenCompose(
                    found ->
                        Outcomes.then(
                            found,
                            before ->
                                switch (rule.apply(before.details())) {
                                  case Outcome.Done<TokenDetails>(TokenDetails after) ->
                                      write(action, before, after, author, detail);
                                  case Outcome<TokenDetails> refused ->
                                      CompletableFuture.completedStage(refused);
                                })));
  }

  private CompletionStage<Outcome<TokenDetails>> write(
      AuditAction action, KeptToken before, TokenDetails after, Author author, String detail) {
    if (after.equals(before.details())) {
      return Outcomes.done(after);
    }
    Change change =
        Change.of(
            new Write.ReplaceToken(before, after),
            Entries.changed(action, before.details(), after, author, clock.instant(), detail));
    return registry
        .commit(change)
        .thenApply(
            commit ->
                switch (commit) {
                  case Commit.Done done -> new Outcome.Done<>(after);
                  case Commit.Obstructed obstructed -> Outcomes.changedMeanwhile();
                  case Commit.Unavailable(String cause) -> new Outcome.Unavailable<>(cause);
                });
  }
}
