package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.registry.Commit.Obstacle;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The making of new tokens, each with a secret that is shown once, or again to the same request.
 */
public final class Issuance {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final TokenRegistry registry;
  private final PepperRing peppers;
  private final InstantSource clock;
  private final TokenIds ids;

  Issuance(TokenRegistry registry, PepperRing peppers, InstantSource clock) {
    this.registry = registry;
    this.peppers = peppers;
    this.clock = clock;
    this.ids = new TokenIds(clock);
  }

  /**
   * The answer that this request was given before, secret included; not found where it was not.
   * {@code Conflict("Idempotency-Key", ...)} where the key was used for another request.
   */
  public CompletionStage<Outcome<IssuedToken>> repeat(IdempotentRequest request) {
    return registry
        .receipt(request.key())
        .thenCompose(
            found ->
                Outcomes.then(
                    found,
                    receipt ->
                        receipt.fingerprint().equals(request.fingerprint())
                            ? registry
                                .token(receipt.token())
                                .thenApply(kept -> again(receipt, kept))
                            : Outcomes.conflict(IDEMPOTENCY_KEY, "was used for another request")));
  }

  private Outcome<IssuedToken> again(Receipt receipt, Outcome<KeptToken> outcome) {
    return switch (outcome) {
      case Outcome.Done<KeptToken>(KeptToken kept) ->
          peppers
              .mintAgain(
                  receipt.prefix().orElseGet(() -> ownPrefix(kept.details().token().kind())),
                  new Salt(receipt.salt()),
                  receipt.pepper())
              .<Outcome<IssuedToken>>map(
                  minted ->
                      new Outcome.Done<>(new IssuedToken(kept.details(), minted.secret(), true)))
              .orElseGet(
                  () ->
                      new Outcome.Conflict<>(
                          IDEMPOTENCY_KEY, "its secret's pepper is not in the ring any more"));
      case Outcome.NotFound<KeptToken> gone -> new Outcome.NotFound<>();
      case Outcome.Conflict<KeptToken>(String field, String detail) ->
          new Outcome.Conflict<>(field, detail);
      case Outcome.Unavailable<KeptToken>(String cause) -> new Outcome.Unavailable<>(cause);
    };
  }

  /** Makes a new token of this owner, who must still be as given. */
  public CompletionStage<Outcome<IssuedToken>> create(
      TokenDraft draft, Principal owner, Author author, Optional<IdempotentRequest> request) {
    return issue(prepare(draft, owner, author, Optional.empty()), owner, author, request);
  }

  /**
   * A token with its secret, of which nothing is kept yet.
   *
   * @param prefix that the secret was to begin with; empty for the gateway's own
   */
  record Prepared(TokenDetails token, Optional<String> prefix, Salt salt, MintedSecret minted) {
    IssuedToken issued() {
      return new IssuedToken(token, minted.secret(), false);
    }
  }

  /** A new token of this owner, whose secret is to be put there, if anywhere. */
  Prepared prepare(TokenDraft draft, Principal owner, Author author, Optional<Storage> storage) {
    TokenDetails token = token(draft, owner, author, clock.instant(), Optional.empty());
    return prepare(
        storage.map(where -> token.storedAs(where.name())).orElse(token), draft.prefix());
  }

  /** The token with a new secret. */
  Prepared prepare(TokenDetails token, Optional<String> prefix) {
    Salt salt = Salt.fresh();
    String begin = prefix.orElseGet(() -> ownPrefix(token.token().kind()));
    return new Prepared(token, prefix, salt, peppers.mint(begin, salt));
  }

  /** Makes what was prepared; what is already known of the request is repeated. */
  CompletionStage<Outcome<IssuedToken>> issue(
      Prepared prepared, Principal owner, Author author, Optional<IdempotentRequest> request) {
    TokenDetails token = prepared.token();
    Instant now = clock.instant();
    return issue(
        prepared,
        owner,
        List.of(),
        List.of(Entries.created(AuditAction.TOKEN_CREATE, token, author, now, "")),
        request);
  }

  /** The same, together with other writes. */
  CompletionStage<Outcome<IssuedToken>> issue(
      Prepared prepared,
      Principal owner,
      List<Write> others,
      List<AuditEntry> entries,
      Optional<IdempotentRequest> request) {
    TokenDetails token = prepared.token();
    List<Write> writes = new ArrayList<>();
    // First, for whoever sent the same request must hear of that before of anything else.
    request.ifPresent(
        known ->
            writes.add(
                new Write.Remember(
                    known,
                    new Receipt(
                        known.fingerprint(),
                        token.id(),
                        peppers.current(),
                        prepared.salt().hex(),
                        prepared.prefix()))));
    writes.addAll(others);
    writes.add(new Write.AddToken(token, List.of(prepared.minted().hash()), owner));
    return registry
        .commit(new Change(writes, entries))
        .thenCompose(
            commit ->
                switch (commit) {
                  case Commit.Done done -> Outcomes.done(prepared.issued());
                  case Commit.Obstructed(Obstacle obstacle)
                      when obstacle == Obstacle.REQUEST_KNOWN && request.isPresent() ->
                      repeat(request.get());
                  case Commit.Obstructed obstructed ->
                      CompletableFuture.completedStage(Outcomes.changedMeanwhile());
                  case Commit.Unavailable(String cause) ->
                      CompletableFuture.completedStage(new Outcome.Unavailable<>(cause));
                });
  }

  /** A new token of this owner; one that replaces another is counted as that is. */
  TokenDetails token(
      TokenDraft draft,
      Principal owner,
      Author author,
      Instant createdAt,
      Optional<TokenDetails> replaced) {
    String id = ids.next();
    Token token =
        new Token(
            id,
            owner.id(),
            draft.kind(),
            draft.scopes(),
            draft.expiresAt(),
            Optional.empty(),
            draft.allowedAddresses(),
            draft.limits(),
            replaced.map(old -> old.token().countedAs()).orElse(id),
            Optional.empty());
    return new TokenDetails(
        token,
        owner.organization(),
        draft.api(),
        draft.name(),
        draft.description(),
        createdAt.truncatedTo(ChronoUnit.MILLIS),
        author.name(),
        draft.tags(),
        replaced.map(TokenDetails::id),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static String ownPrefix(TokenKind kind) {
    return switch (kind) {
      case API -> "pcat_";
      case PERSONAL -> "pcpt_";
      case ACCESS_KEY -> "pcsk_";
      case SESSION -> "pcst_";
      case JWT -> throw new IllegalArgumentException("another issuer makes it");
    };
  }
}
