package dev.portcullis.gateway.decision;

import static java.lang.System.Logger.Level.ERROR;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Decision.Open;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides whether a request passes: channel, extract, verify, then the checks of the token; the
 * first refusal stands.
 */
public final class AuthChain {
  private static final System.Logger LOG = System.getLogger(AuthChain.class.getName());

  private final TokenVerifier verifier;
  private final InstantSource clock;

  /**
   * A chain that reads tokens from this store, with this ring, at this time.
   *
   * @param patience how long all reads for one request may take together, before the store counts
   *     as unavailable
   */
  public AuthChain(PepperRing peppers, TokenStore store, Duration patience, InstantSource clock) {
    this.verifier = new TokenVerifier(peppers, store, patience);
    this.clock = clock;
  }

  /**
   * Decides over one request. The stage never fails: an unexpected failure is a refusal with {@link
   * Reason#INTERNAL}. Already complete when everything needed was in the near cache.
   */
  public CompletionStage<Decision> decide(RequestHead head, RouteMatch match) {
    try {
      return check(head, match).exceptionally(AuthChain::unexpected);
    } catch (RuntimeException e) {
      return CompletableFuture.completedStage(unexpected(e));
    }
  }

  private CompletionStage<Decision> check(RequestHead head, RouteMatch match) {
    if (match.policy().tlsRequired() && !head.secure()) {
      return refused(Denied.because(Reason.INSECURE_CHANNEL));
    }
    if (match.route().open()) {
      return CompletableFuture.completedStage(new Open());
    }
    return switch (CredentialExtractor.extract(head, match.policy().credentials())) {
      case Extraction.Absent absent -> refused(Denied.because(Reason.CREDENTIALS_MISSING));
      case Extraction.Malformed(String detail) ->
          refused(Denied.because(Reason.CREDENTIALS_MALFORMED, detail));
      case Extraction.Ambiguous(String detail) ->
          refused(Denied.because(Reason.CREDENTIALS_AMBIGUOUS, detail));
      case Extraction.Found(SecretText secret) -> verify(secret, head, match);
    };
  }

  private CompletionStage<Decision> verify(SecretText secret, RequestHead head, RouteMatch match) {
    return switch (Claim.of(head, match.policy())) {
      case Claim.Refused(Denied denied) -> refused(denied);
      case Claim.Made claim ->
          verifier
              .verify(secret, match.policy().importedTokens())
              .thenApply(verification -> judge(verification, claim, head, match));
    };
  }

  private Decision judge(
      Verification verification, Claim.Made claim, RequestHead head, RouteMatch match) {
    return switch (verification) {
      case Verification.Refused(Denied denied) -> denied;
      case Verification.Known known ->
          TokenChecks.decide(new TokenUse(known, claim, head, match, clock.instant()));
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
