package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds out who calls an endpoint of the gateway's own that takes credentials in more ways than
 * routes do, and counts those whose are not good. Its stages never fail.
 */
public final class CallerCheck {
  private static final System.Logger LOG = System.getLogger(CallerCheck.class.getName());

  private final TokenVerifier verifier;
  private final TokenVerifier rememberer;
  private final FailureThrottle failures;
  private final InstantSource clock;

  /**
   * Knows tokens from these sources, at this time.
   *
   * @param patience how long all that the store is asked for one secret may take together
   */
  public CallerCheck(
      TokenSources sources, FailureThrottle failures, Duration patience, InstantSource clock) {
    this.verifier = new TokenVerifier(sources, patience);
    this.rememberer = new TokenVerifier(sources.reading(sources.store().remembered()), patience);
    this.failures = failures;
    this.clock = clock;
  }

  /** Whether this is an access key and its secret key, good and used from where it may be. */
  public CompletionStage<Decision> client(
      String id, SecretText secret, boolean importedTokens, RequestHead head) {
    return check(
        head,
        finder -> finder.own(secret, importedTokens, Sought.ACCESS_KEY),
        token -> token.id().equals(id));
  }

  /** Whether this is a token that is good and used from where it may be. */
  public CompletionStage<Decision> bearer(
      SecretText secret, boolean importedTokens, RequestHead head) {
    return check(
        head, finder -> finder.own(secret, importedTokens, Sought.PRESENTED), token -> true);
  }

  /** What is known of a token that somebody else holds; nothing is counted. */
  public CompletionStage<Verification> look(SecretText secret, boolean importedTokens) {
    return verifier.own(secret, importedTokens, Sought.PRESENTED);
  }

  /** Why the token is not good now, wherever it is used from; empty where it is. */
  public Optional<Reason> flaw(Token token, Principal principal) {
    return TokenFlaws.first(token, principal, clock.instant());
  }

  private CompletionStage<Decision> check(
      RequestHead head,
      Function<TokenVerifier, CompletionStage<Verification>> look,
      Predicate<Token> expected) {
    Suspicion suspicion = Suspicion.of(head, failures);
    TokenVerifier finder = suspicion.throttledFor().isPresent() ? rememberer : verifier;
    try {
      return look.apply(finder)
          .thenApply(found -> suspicion.notingAny(judge(suspicion.weigh(found), head, expected)))
          .exceptionally(CallerCheck::unexpected);
    } catch (RuntimeException e) {
      return CompletableFuture.completedStage(unexpected(e));
    }
  }

  private Decision judge(Verification found, RequestHead head, Predicate<Token> expected) {
    return switch (found) {
      case Verification.Refused(Denied denied) -> denied;
      case Verification.Known(Token token, Principal principal) when expected.test(token) -> {
        Optional<Reason> flaw = flaw(token, principal).or(() -> TokenFlaws.address(token, head));
        yield flaw.<Decision>map(reason -> Denied.because(reason).of(token))
            .orElseGet(() -> new Allowed(token, principal, LimitReport.NONE));
      }
      case Verification.Known(Token token, var _) ->
          Denied.because(Reason.TOKEN_UNKNOWN, "it is another access key's secret").of(token);
    };
  }

  private static Decision unexpected(Throwable failure) {
    LOG.log(System.Logger.Level.ERROR, "refused a caller after an unexpected failure", failure);
    return Denied.because(Reason.INTERNAL, failure.getClass().getName());
  }
}
