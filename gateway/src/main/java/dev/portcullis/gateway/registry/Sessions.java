package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.Parent;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.token.TokenStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The short-lived credentials that access keys are exchanged for. */
public final class Sessions {
  private final TokenRegistry registry;
  private final PepperRing peppers;
  private final InstantSource clock;
  private final TokenIds ids;

  Sessions(TokenRegistry registry, PepperRing peppers, InstantSource clock) {
    this.registry = registry;
    this.peppers = peppers;
    this.clock = clock;
    this.ids = new TokenIds(clock);
  }

  /**
   * Makes a session of an access key that is good; not found where it is not, or no longer.
   *
   * @param accessKey the hashes that its secret may be kept under
   */
  public CompletionStage<Outcome<IssuedToken>> open(
      List<TokenHash> accessKey, SessionTerms terms, Author author) {
    return Repeated.whileObstructed(
        () ->
            registry
                .tokenByHash(accessKey)
                .thenCompose(
                    found ->
                        Outcomes.then(
                            found,
                            parent ->
                                isGood(parent.details().token())
                                    ? open(parent, accessKey, terms, author)
                                    : notFound())));
  }

  private boolean isGood(Token token) {
    return token.kind() == TokenKind.ACCESS_KEY
        && token.status(clock.instant()) == TokenStatus.ACTIVE;
  }

  private CompletionStage<Outcome<IssuedToken>> open(
      KeptToken parent, List<TokenHash> hashes, SessionTerms terms, Author author) {
    return registry
        .principal(parent.details().token().principalId())
        .thenCompose(
            found ->
                Outcomes.then(
                    found,
                    owner ->
                        owner.enabled()
                            ? add(
                                session(parent, hashes, terms, owner), terms, parent, owner, author)
                            : notFound()));
  }

  private static <T> CompletionStage<Outcome<T>> notFound() {
    return CompletableFuture.completedStage(new Outcome.NotFound<>());
  }

  private TokenDetails session(
      KeptToken parent, List<TokenHash> hashes, SessionTerms terms, Principal owner) {
    TokenDetails maker = parent.details();
    Token key = maker.token();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Token session =
        new Token(
            ids.next(),
            owner.id(),
            TokenKind.SESSION,
            terms.scopes().orElse(key.scopes()),
            Optional.of(now.plus(terms.lifetime())),
            Optional.empty(),
            key.allowedAddresses(),
            key.limits(),
            key.countedAs(),
            Optional.of(
                new Parent(
                    key.id(),
                    Stream.concat(Stream.of(parent.hash()), hashes.stream()).distinct().toList())));
    return new TokenDetails(
        session.expiringAt(session.within(key).expiresAt()),
        owner.organization(),
        maker.api(),
        maker.name(),
        "",
        now,
        owner.id(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private CompletionStage<Outcome<IssuedToken>> add(
      TokenDetails session, SessionTerms terms, KeptToken parent, Principal owner, Author author) {
    String prefix =
        session
            .api()
            .flatMap(terms.prefixes())
            .orElseGet(() -> Issuance.ownPrefix(TokenKind.SESSION));
    MintedSecret minted = peppers.mint(prefix, Salt.fresh());
    Change change =
        Change.of(
            new Write.AddSession(session, minted.hash(), parent, owner),
            Entries.ofSession(
                AuditAction.SESSION_CREATE,
                Optional.empty(),
                session,
                author,
                session.createdAt()));
    return registry
        .commit(change)
        .thenApply(commit -> outcome(commit, new IssuedToken(session, minted.secret(), false)));
  }

  /** Ends a session now, for good; not found where there is none with these hashes. */
  public CompletionStage<Outcome<TokenDetails>> end(List<TokenHash> hashes, Author author) {
    return Repeated.whileObstructed(
        () ->
            registry
                .tokenByHash(hashes)
                .thenCompose(found -> Outcomes.then(found, before -> end(before, author))));
  }

  private CompletionStage<Outcome<TokenDetails>> end(KeptToken before, Author author) {
    TokenDetails session = before.details();
    if (session.token().kind() != TokenKind.SESSION) {
      return notFound();
    }
    if (session.token().revokedAt().isPresent()) {
      return Outcomes.done(session);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    TokenDetails after = session.revoked(now, Optional.empty());
    Change change =
        Change.of(
            new Write.ReplaceSession(before, after),
            Entries.ofSession(
                AuditAction.SESSION_REVOKE, Optional.of(session), after, author, now));
    return registry.commit(change).thenApply(commit -> outcome(commit, after));
  }

  private static <T> Outcome<T> outcome(Commit commit, T value) {
    return switch (commit) {
      case Commit.Done done -> new Outcome.Done<>(value);
      case Commit.Obstructed obstructed -> Outcomes.changedMeanwhile();
      case Commit.Unavailable(String cause) -> new Outcome.Unavailable<>(cause);
    };
  }
}
