package dev.portcullis.gateway.decision;

import static java.lang.System.Logger.Level.ERROR;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Decision.Open;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides whether a request passes: channel, extract, verify, then the checks of the token; the
 * first refusal stands.
 */
public final class AuthChain {
  private static final System.Logger LOG = System.getLogger(AuthChain.class.getName());
  private static final Optional<Decision> OPEN = Optional.of(new Open());

  private final TokenVerifier verifier;
  private final TokenVerifier reader;
  private final InstantSource clock;

  /**
   * A chain that reads tokens from this store, with this ring, at this time.
   *
   * @param patience how long all reads for one request may take together, before the store counts
   *     as unavailable
   */
  public AuthChain(PepperRing peppers, TokenStore store, Duration patience, InstantSource clock) {
    this.verifier = new TokenVerifier(peppers, store, patience);
    this.reader = new TokenVerifier(peppers, new ReadOnlyStore(store), patience);
    this.clock = clock;
  }

  /**
   * Decides over one request. The stage never fails: an unexpected failure is a refusal with {@link
   * Reason#INTERNAL}. Already complete when everything needed was in the near cache.
   */
  public CompletionStage<Decision> decide(RequestHead head, RouteMatch match) {
    return decide(head, match, verifier, Witness.NOBODY);
  }

  /** Tells how it would decide over one request, and writes nothing. The stage never fails. */
  public CompletionStage<Explanation> explain(RequestHead head, RouteMatch match) {
    StepsTaken trail = StepsTaken.of(head, match);
    return decide(head, match, reader, trail).thenApply(trail::explanation);
  }

  /**
   * The same for a request whose token is known already. What the request says of its owner is
   * checked; what it leaves unsaid is taken to be as with the principal.
   */
  public Explanation explain(Token token, Principal principal, RequestHead head, RouteMatch match) {
    StepsTaken trail = StepsTaken.ofNamed(head, match);
    return trail.explanation(decide(token, principal, head, match, trail));
  }

  private CompletionStage<Decision> decide(
      RequestHead head, RouteMatch match, TokenVerifier verifier, Witness witness) {
    try {
      return check(head, match, verifier, witness).exceptionally(AuthChain::unexpected);
    } catch (RuntimeException e) {
      return CompletableFuture.completedStage(unexpected(e));
    }
  }

  private Decision decide(
      Token token, Principal principal, RequestHead head, RouteMatch match, Witness witness) {
    try {
      return enter(head, match, witness)
          .orElseGet(
              () ->
                  switch (Claim.of(head, match.policy(), principal)) {
                    case Claim.Refused(Denied denied) -> denied;
                    case Claim.Made claim -> {
                      witness.passed(Witness.EXTRACT);
                      yield judge(
                          TokenVerifier.known(token, principal), claim, head, match, witness);
                    }
                  });
    } catch (RuntimeException e) {
      return unexpected(e);
    }
  }

  private CompletionStage<Decision> check(
      RequestHead head, RouteMatch match, TokenVerifier verifier, Witness witness) {
    Optional<Decision> early = enter(head, match, witness);
    if (early.isPresent()) {
      return CompletableFuture.completedStage(early.get());
    }
    Policy policy = match.policy();
    return switch (CredentialExtractor.extract(head, policy.credentials())) {
      case Extraction.Absent absent -> refused(Denied.because(Reason.CREDENTIALS_MISSING));
      case Extraction.Malformed(String detail) ->
          refused(Denied.because(Reason.CREDENTIALS_MALFORMED, detail));
      case Extraction.Ambiguous(String detail) ->
          refused(Denied.because(Reason.CREDENTIALS_AMBIGUOUS, detail));
      case Extraction.Found(SecretText secret) ->
          switch (Claim.of(head, policy)) {
            case Claim.Refused(Denied denied) -> refused(denied);
            case Claim.Made claim -> {
              witness.passed(Witness.EXTRACT);
              yield verifier
                  .verify(secret, policy.importedTokens())
                  .thenApply(verification -> judge(verification, claim, head, match, witness));
            }
          };
    };
  }

  /** What there is to say of a request before anybody asks for its credentials. */
  private static Optional<Decision> enter(RequestHead head, RouteMatch match, Witness witness) {
    if (match.policy().tlsRequired() && !head.secure()) {
      return Optional.of(Denied.because(Reason.INSECURE_CHANNEL));
    }
    witness.passed(Witness.CHANNEL);
    if (!match.route().open()) {
      return Optional.empty();
    }
    witness.passed(Witness.PUBLIC);
    return OPEN;
  }

  private Decision judge(
      Verification verification,
      Claim.Made claim,
      RequestHead head,
      RouteMatch match,
      Witness witness) {
    return switch (verification) {
      case Verification.Refused(Denied denied) -> denied;
      case Verification.Known known -> {
        TokenUse use = new TokenUse(known, claim, head, match, clock.instant());
        witness.passed(Witness.VERIFY);
        witness.known(use);
        yield TokenChecks.decide(use, witness);
      }
    };
  }

  private static CompletionStage<Decision> refused(Denied denied) {
    return CompletableFuture.completedStage(denied);
  }

  private static Decision unexpected(Throwable failure) {
    LOG.log(ERROR, "refused a request after an unexpected failure", failure);
    return Denied.because(Reason.INTERNAL, failure.getClass().getName());
  }
}
