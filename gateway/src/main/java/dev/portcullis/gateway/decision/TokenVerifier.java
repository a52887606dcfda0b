package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Eventual.Later;
import dev.portcullis.gateway.decision.Eventual.Now;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Parent;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.gateway.token.TwoRounds;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Finds the token that a secret is, and its principal. */
final class TokenVerifier {
  private static final Duration RETRY_AFTER_OUTAGE = Duration.ofSeconds(1);

  private final TokenSources sources;
  private final TokenStore store;
  private final long patienceNanos;

  /**
   * Looks up in these sources.
   *
   * @param patience how long all its reads for one request may take together
   */
  TokenVerifier(TokenSources sources, Duration patience) {
    this.sources = sources;
    this.store = sources.store();
    this.patienceNanos = patience.toNanos();
  }

  /**
   * Looks up a secret that was extracted from a request, or has it verified that it is of an issuer
   * the policy trusts. Forged check characters are refused without asking the store.
   */
  Eventual<Verification> verify(SecretText secret, Policy policy) {
    Optional<CompletionStage<Verification>> foreign =
        policy.issuers().isEmpty() ? Optional.empty() : sources.foreign().verify(secret, policy);
    return foreign.isPresent()
        ? inTime(Eventual.of(foreign.get()))
        : find(extracted(secret, policy.importedTokens()), Sought.PRESENTED);
  }

  /** Looks up one that came in any way, of the gateway's own and of the sort that is sought. */
  Eventual<Verification> own(SecretText secret, boolean importedTokens, Sought sought) {
    return find(hashes(secret, importedTokens), sought);
  }

  private Eventual<Verification> find(List<TokenHash> candidates, Sought sought) {
    return candidates.isEmpty()
        ? refused(Reason.TOKEN_UNKNOWN, "forged check characters")
        : inTime(verify(TwoRounds.through(candidates), 0, sought));
  }

  /** The hashes that a secret may be kept under; none where no token can be so written. */
  List<TokenHash> hashes(SecretText secret, boolean importedTokens) {
    return CredentialExtractor.isCredential(secret)
        ? sources.peppers().candidates(secret, importedTokens)
        : List.of();
  }

  private List<TokenHash> extracted(SecretText secret, boolean importedTokens) {
    return CredentialExtractor.isOfOwnLength(secret)
        ? sources.peppers().candidates(secret, importedTokens)
        : List.of();
  }

  /** One read after the other may each be in time, and all together not. */
  private Eventual<Verification> inTime(Eventual<Verification> verification) {
    return switch (verification) {
      case Now<Verification> now -> now;
      case Later<Verification>(CompletionStage<Verification> stage) ->
          new Later<>(
              stage
                  .toCompletableFuture()
                  .completeOnTimeout(
                      new Verification.Refused(unavailable("the store did not answer in time")),
                      patienceNanos,
                      TimeUnit.NANOSECONDS));
    };
  }

  private Eventual<Verification> verify(List<TokenHash> candidates, int at, Sought sought) {
    TokenHash hash = candidates.get(at);
    return Eventual.of(store.token(hash))
        .then(
            lookup ->
                switch (lookup) {
                  case Lookup.Found<Token>(Token token) ->
                      found(token, hash, candidates.getFirst(), sought);
                  case Lookup.Absent<Token> absent ->
                      at + 1 < candidates.size()
                          ? verify(candidates, at + 1, sought)
                          : refused(Reason.TOKEN_UNKNOWN, "");
                  case Lookup.Unreadable<Token>(String problem) ->
                      refused(Reason.TOKEN_UNKNOWN, problem);
                  case Lookup.Unavailable<Token>(String cause) -> outage(cause);
                });
  }

  private Eventual<Verification> found(
      Token token, TokenHash under, TokenHash wanted, Sought sought) {
    if (!sought.is(token)) {
      return refused(sought.refusal(token));
    }
    if (token.kind() == TokenKind.SESSION) {
      return bounded(token);
    }
    // A session is in no index that a move could keep, and soon over.
    if (!under.equals(wanted)) {
      store.rehash(under, wanted);
    }
    return withPrincipal(token);
  }

  private Eventual<Verification> bounded(Token session) {
    return session
        .parent()
        .map(parent -> bounded(session, parent, TwoRounds.through(parent.hashes()), 0))
        .orElseGet(() -> refused(of(session, Reason.TOKEN_REVOKED, "a session of no access key")));
  }

  private Eventual<Verification> bounded(
      Token session, Parent parent, List<TokenHash> hashes, int at) {
    return Eventual.of(store.token(hashes.get(at)))
        .then(
            lookup ->
                switch (lookup) {
                  case Lookup.Found<Token>(Token maker)
                      when maker.kind() == TokenKind.ACCESS_KEY && maker.id().equals(parent.id()) ->
                      withPrincipal(session.within(maker));
                  case Lookup.Found<Token> _ ->
                      refused(
                          of(
                              session,
                              Reason.TOKEN_REVOKED,
                              "another token is in its maker's place"));
                  case Lookup.Absent<Token> absent ->
                      at + 1 < hashes.size()
                          ? bounded(session, parent, hashes, at + 1)
                          : refused(
                              of(session, Reason.TOKEN_REVOKED, "its access key does not exist"));
                  case Lookup.Unreadable<Token>(String problem) ->
                      refused(of(session, Reason.TOKEN_REVOKED, problem));
                  case Lookup.Unavailable<Token>(String cause) -> outage(cause);
                });
  }

  private Eventual<Verification> withPrincipal(Token token) {
    return Eventual.of(store.principal(token.principalId()))
        .then(
            lookup ->
                switch (lookup) {
                  case Lookup.Found<Principal>(Principal principal) ->
                      new Now<>(new Verification.Known(token, principal));
                  case Lookup.Absent<Principal> absent ->
                      refused(of(token, Reason.PRINCIPAL_DISABLED, "the principal does not exist"));
                  case Lookup.Unreadable<Principal>(String problem) ->
                      refused(of(token, Reason.PRINCIPAL_DISABLED, problem));
                  case Lookup.Unavailable<Principal>(String cause) -> outage(cause);
                });
  }

  /** What is known of a token and its principal, as if the token's secret had been verified. */
  static Verification known(Token token, Principal principal) {
    return Sought.PRESENTED.is(token)
        ? new Verification.Known(token, principal)
        : new Verification.Refused(Sought.PRESENTED.refusal(token));
  }

  private static Denied of(Token token, Reason reason, String detail) {
    return Denied.because(reason, detail).of(token);
  }

  private static Eventual<Verification> outage(String cause) {
    return refused(unavailable(cause));
  }

  /** Nobody can tell. */
  static Denied unavailable(String cause) {
    return Denied.because(Reason.STORE_UNAVAILABLE, cause).retryAfter(RETRY_AFTER_OUTAGE);
  }

  private static Eventual<Verification> refused(Reason reason, String detail) {
    return refused(Denied.because(reason, detail));
  }

  private static Eventual<Verification> refused(Denied denied) {
    return new Now<>(new Verification.Refused(denied));
  }
}
