package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.registry.Commit.Obstacle;
import dev.portcullis.gateway.token.Principal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** The life of principals: made, changed, and deleted after all their tokens. */
public final class PrincipalLife {
  private final TokenRegistry registry;
  private final MassRevocation revocation;
  private final InstantSource clock;

  PrincipalLife(TokenRegistry registry, MassRevocation revocation, InstantSource clock) {
    this.registry = registry;
    this.revocation = revocation;
    this.clock = clock;
  }

  /** Adds a principal; {@code Conflict("id", ...)} where there is one with this id. */
  public CompletionStage<Outcome<Principal>> create(Principal principal, Author author) {
    Change change =
        Change.of(
            new Write.AddPrincipal(principal),
            Entries.of(
                AuditAction.PRINCIPAL_CREATE,
                Optional.empty(),
                Optional.of(principal),
                author,
                clock.instant(),
                ""));
    return registry.commit(change).thenApply(commit -> outcome(commit, principal));
  }

  /**
   * Changes a principal, whose id, kind and organization stay. Done also where nothing differs, and
   * then nothing is written.
   */
  public CompletionStage<Outcome<Principal>> update(
      String id, UnaryOperator<Principal> change, Author author) {
    return Repeated.whileObstructed(
        () ->
            registry
                .principal(id)
                .thenCompose(
                    found -> Outcomes.then(found, before -> update(before, change, author))));
  }

  private CompletionStage<Outcome<Principal>> update(
      Principal before, UnaryOperator<Principal> change, Author author) {
    Principal after = change.apply(before);
    if (after.equals(before)) {
      return Outcomes.done(after);
    }
    Change made =
        Change.of(
            new Write.ReplacePrincipal(before, after),
            Entries.of(
                AuditAction.PRINCIPAL_UPDATE,
                Optional.of(before),
                Optional.of(after),
                author,
                clock.instant(),
                ""));
    return registry.commit(made).thenApply(commit -> outcome(commit, after));
  }

  /**
   * Deletes a principal. From the first step on all its tokens are refused; then each is revoked,
   * and at last the principal is gone. What an outage leaves undone is done by {@link
   * #finishDeletions}.
   *
   * @return how many tokens were revoked
   */
  public CompletionStage<Outcome<Long>> delete(String id, Author author) {
    return Repeated.whileObstructed(
        () ->
            registry
                .principal(id)
                .thenCompose(found -> Outcomes.then(found, before -> delete(before, author))));
  }

  private CompletionStage<Outcome<Long>> delete(Principal before, Author author) {
    Principal disabled = before.enabled(false);
    Change begun =
        Change.of(
            new Write.BeginDeletion(before),
            Entries.of(
                AuditAction.PRINCIPAL_DELETE,
                Optional.of(before),
                Optional.of(disabled),
                author,
                clock.instant(),
                "begun"));
    return registry
        .commit(begun)
        .thenCompose(
            commit ->
                Outcomes.then(
                    outcome(commit, disabled),
                    now -> Repeated.whileObstructed(() -> finish(now.id(), author))));
  }

  /** Another gateway may be at it too, and be done first. */
  private CompletionStage<Outcome<Long>> finish(String id, Author author) {
    return registry
        .principal(id)
        .thenCompose(
            found ->
                found instanceof Outcome.NotFound<Principal>
                    ? Outcomes.done(0L)
                    : Outcomes.then(
                        found,
                        principal ->
                            principal.enabled()
                                ? Outcomes.conflict("id", "it was enabled again meanwhile")
                                : finish(principal, author)));
  }

  /** Counted before they are revoked, so that one made meanwhile is noticed and not left behind. */
  private CompletionStage<Outcome<Long>> finish(Principal disabled, Author author) {
    return registry
        .countTokens(disabled.id())
        .thenCompose(counted -> Outcomes.then(counted, tokens -> finish(disabled, tokens, author)));
  }

  private CompletionStage<Outcome<Long>> finish(Principal disabled, long tokens, Author author) {
    return revocation
        .revoke(TokenFilter.ofPrincipal(disabled.id()), Optional.of("principal deleted"), author)
        .thenCompose(
            revoked -> Outcomes.then(revoked, count -> remove(disabled, tokens, count, author)));
  }

  private CompletionStage<Outcome<Long>> remove(
      Principal disabled, long tokens, long revoked, Author author) {
    Change change =
        Change.of(
            new Write.RemovePrincipal(disabled, tokens),
            Entries.of(
                AuditAction.PRINCIPAL_DELETE,
                Optional.of(disabled),
                Optional.empty(),
                author,
                clock.instant(),
                revoked + " tokens revoked"));
    return registry.commit(change).thenApply(commit -> outcome(commit, revoked));
  }

  /**
   * Does what is left of deletions that were begun and not ended; for the gateway itself.
   *
   * @return how many there were
   */
  public CompletionStage<Outcome<Long>> finishDeletions() {
    return registry
        .deletions()
        .thenCompose(
            found ->
                Outcomes.then(
                    found,
                    ids -> {
                      CompletionStage<Outcome<Long>> all = Outcomes.done((long) ids.size());
                      for (String id : ids) {
                        all =
                            all.thenCompose(
                                before -> finish(id, Author.GATEWAY).thenApply(after -> before));
                      }
                      return all;
                    }));
  }

  private static <T> Outcome<T> outcome(Commit commit, T value) {
    return switch (commit) {
      case Commit.Done done -> new Outcome.Done<>(value);
      case Commit.Obstructed(Obstacle obstacle) when obstacle == Obstacle.PRINCIPAL_EXISTS ->
          new Outcome.Conflict<>("id", "there is a principal with this id");
      case Commit.Obstructed obstructed -> Outcomes.changedMeanwhile();
      case Commit.Unavailable(String cause) -> new Outcome.Unavailable<>(cause);
    };
  }
}
