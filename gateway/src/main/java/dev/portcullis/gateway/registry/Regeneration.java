package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The replacing of a token by a new one with a secret of its own. */
public final class Regeneration {
  private final TokenRegistry registry;
  private final Issuance issuance;
  private final InstantSource clock;

  /**
   * How a token is replaced.
   *
   * @param grace how long the old one still is good
   * @param expiresAt the end of the new one; where it is not given, the old one's
   * @param prefix that the new secret begins with; empty for the gateway's own
   */
  public record Terms(Duration grace, Optional<Instant> expiresAt, Optional<String> prefix) {}

  Regeneration(TokenRegistry registry, Issuance issuance, InstantSource clock) {
    this.registry = registry;
    this.issuance = issuance;
    this.clock = clock;
  }

  /**
   * Replaces a token by a new one with the same owner, scopes, limits and description. The old one
   * ends after the grace, or earlier where that is its own end; a grace of nothing revokes it. Its
   * own predecessor, if that still is in its grace, is revoked, so that at most two are good at a
   * time. {@code Conflict("token", ...)} where it is revoked or was regenerated, has expired and no
   * end is given, or its secret is in a parameter store.
   */
  public CompletionStage<Outcome<IssuedToken>> regenerate(
      String id, Terms terms, Author author, Optional<IdempotentRequest> request) {
    return Repeated.whileObstructed(
            () ->
                registry
                    .token(id)
                    .thenCompose(
                        found ->
                            Outcomes.then(found, old -> regenerate(old, terms, author, request))))
        .thenCompose(outcome -> orRepeated(outcome, request));
  }

  /** What stands against it may be that the same request was faster. */
  private CompletionStage<Outcome<IssuedToken>> orRepeated(
      Outcome<IssuedToken> outcome, Optional<IdempotentRequest> request) {
    return outcome instanceof Outcome.Conflict<IssuedToken> && request.isPresent()
        ? issuance
            .repeat(request.get())
            .thenApply(repeat -> repeat instanceof Outcome.NotFound<IssuedToken> ? outcome : repeat)
        : CompletableFuture.completedStage(outcome);
  }

  private CompletionStage<Outcome<IssuedToken>> regenerate(
      KeptToken old, Terms terms, Author author, Optional<IdempotentRequest> request) {
    TokenDetails before = old.details();
    TokenStatus status = before.token().status(clock.instant());
    if (before.replacedBy().isPresent()) {
      return Outcomes.conflict(
          "token", "it was regenerated already, to " + before.replacedBy().get());
    }
    if (before.storedAs().isPresent()) {
      return Outcomes.conflict(
          "token", "its secret is in a parameter store; create another and revoke this one");
    }
    if (status == TokenStatus.REVOKED) {
      return Outcomes.conflict("token", "it is revoked, for good; create another");
    }
    if (status == TokenStatus.EXPIRED && terms.expiresAt().isEmpty()) {
      return Outcomes.conflict("token", "it has expired; say when the new one is to end");
    }
    return predecessor(before)
        .thenCompose(
            found ->
                Outcomes.then(
                    found,
                    predecessor ->
                        registry
                            .principal(before.token().principalId())
                            .thenCompose(
                                owner ->
                                    Outcomes.then(
                                        owner,
                                        there ->
                                            replace(
                                                old,
                                                predecessor,
                                                there,
                                                terms,
                                                author,
                                                request)))));
  }

  private CompletionStage<Outcome<Optional<KeptToken>>> predecessor(TokenDetails token) {
    if (token.replaces().isEmpty()) {
      return Outcomes.done(Optional.empty());
    }
    return registry
        .token(token.replaces().get())
        .thenApply(
            found ->
                found instanceof Outcome.Unavailable<KeptToken>(String cause)
                    ? new Outcome.Unavailable<>(cause)
                    : new Outcome.Done<>(
                        found instanceof Outcome.Done<KeptToken>(KeptToken kept)
                                && kept.details().token().status(clock.instant())
                                    == TokenStatus.ACTIVE
                            ? Optional.of(kept)
                            : Optional.empty()));
  }

  private CompletionStage<Outcome<IssuedToken>> replace(
      KeptToken old,
      Optional<KeptToken> predecessor,
      Principal owner,
      Terms terms,
      Author author,
      Optional<IdempotentRequest> request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    TokenDetails before = old.details();
    TokenDraft draft =
        new TokenDraft(
            before.api(),
            terms.prefix(),
            before.token().kind(),
            before.name(),
            before.description(),
            before.token().scopes(),
            terms.expiresAt().or(before.token()::expiresAt),
            before.token().allowedAddresses(),
            before.token().limits(),
            before.tags());
    TokenDetails successor = issuance.token(draft, owner, author, now, Optional.of(before));
    TokenDetails ending = ending(before.replacedBy(successor.id()), now, terms.grace());
    List<Write> endings = new ArrayList<>();
    List<AuditEntry> entries = new ArrayList<>();
    endings.add(new Write.ReplaceToken(old, ending));
    entries.add(Entries.changed(AuditAction.TOKEN_REGENERATE, before, ending, author, now, ""));
    entries.add(Entries.created(AuditAction.TOKEN_CREATE, successor, author, now, "regenerated"));
    if (predecessor.isPresent()) {
      TokenDetails grandfather = predecessor.get().details();
      TokenDetails revoked = grandfather.revoked(now, Optional.of("regenerated twice"));
      endings.add(new Write.ReplaceToken(predecessor.get(), revoked));
      entries.add(
          Entries.changed(
              AuditAction.TOKEN_REVOKE, grandfather, revoked, author, now, "regenerated twice"));
    }
    return issuance.issue(
        issuance.prepare(successor, terms.prefix()), owner, endings, entries, request);
  }

  private static TokenDetails ending(TokenDetails old, Instant now, Duration grace) {
    if (grace.isZero()) {
      return old.revoked(now, Optional.of("regenerated"));
    }
    Instant end = now.plus(grace);
    Optional<Instant> own = old.token().expiresAt();
    return own.isPresent() && own.get().isBefore(end) ? old : old.endingAt(Optional.of(end));
  }
}
