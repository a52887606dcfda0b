package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.decision.Decision.Allowed;
import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.limit.BucketKey;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.limit.RateLimiter;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds out who calls an endpoint of the gateway's own that takes credentials in more ways than
 * routes do, and counts those whose are not good. Its stages never fail.
 */
public final class CallerCheck {
  /** What bounds each token where the gateway itself makes, ends or hands out credentials. */
  public static final Limits LIMITS = Limits.ofGateway(List.of(Limit.parse("60 per minute")));

  private static final System.Logger LOG = System.getLogger(CallerCheck.class.getName());

  private static final String NOT_THEIRS = "it is not for the caller to know";

  private final TokenVerifier verifier;
  private final TokenVerifier rememberer;
  private final FailureThrottle failures;
  private final RateLimiter limiter;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * Knows tokens from these sources, at this time.
   *
   * @param patience how long all that the store is asked for one secret, or one count, may take
   *     together
   */
  public CallerCheck(
      TokenSources sources,
      FailureThrottle failures,
      RateLimiter limiter,
      Duration patience,
      InstantSource clock) {
    this.verifier = new TokenVerifier(sources, patience);
    this.rememberer = new TokenVerifier(sources.reading(sources.store().remembered()), patience);
    this.failures = failures;
    this.limiter = limiter;
    this.patience = patience;
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

  /** The same decision, less what the token's own limits and these refuse. */
  public CompletionStage<Decision> within(Limits limits, Allowed allowed) {
    List<BucketKey> keys =
        Stream.of(allowed.token().limits(), limits)
            .flatMap(each -> each.sets().stream())
            .map(set -> new BucketKey(set, allowed.token().countedAs()))
            .toList();
    return limiter
        .admit(keys, 1, patience.toNanos())
        .thenApply(verdict -> LimitStep.decide(allowed, keys, verdict));
  }

  /**
   * What is known of a token that a caller has the secret of, and asks about. What does not exist,
   * or is not for the caller to know, counts as a failure: it may be a guess.
   *
   * @param known whether the token is for the caller to know
   */
  public CompletionStage<Verification> look(
      SecretText secret,
      boolean importedTokens,
      RequestHead head,
      BiPredicate<Token, Principal> known) {
    Suspicion suspicion = Suspicion.of(head, failures);
    return guarded(
        () ->
            finder(suspicion)
                .own(secret, importedTokens, Sought.PRESENTED)
                .map(found -> told(suspicion.weigh(found), suspicion, known)),
        Verification.Refused::new);
  }

  /** The same for a caller whose business the tokens of others are: what they ask is no guess. */
  public CompletionStage<Verification> lookUncounted(
      SecretText secret, boolean importedTokens, BiPredicate<Token, Principal> known) {
    return guarded(
        () ->
            verifier
                .own(secret, importedTokens, Sought.PRESENTED)
                .map(
                    found ->
                        found instanceof Verification.Known(Token token, Principal owner)
                                && !known.test(token, owner)
                            ? new Verification.Refused(notTheirs(token))
                            : found),
        Verification.Refused::new);
  }

  private static Denied notTheirs(Token token) {
    return Denied.because(Reason.TOKEN_UNKNOWN, NOT_THEIRS).of(token);
  }

  private static Verification told(
      Verification found, Suspicion suspicion, BiPredicate<Token, Principal> known) {
    return switch (found) {
      case Verification.Known(Token token, Principal owner) when known.test(token, owner) -> found;
      case Verification.Known(Token token, var _) ->
          new Verification.Refused(suspicion.counting(notTheirs(token)));
      case Verification.Refused(Denied denied) ->
          new Verification.Refused(suspicion.counting(denied));
    };
  }

  /** The hashes that a secret may be kept under; none where no token can be so written. */
  public List<TokenHash> hashes(SecretText secret, boolean importedTokens) {
    return verifier.hashes(secret, importedTokens);
  }

  /** Refused where nothing that this client shows is to be looked up. */
  public Optional<Denied> throttled(RequestHead head) {
    return Suspicion.of(head, failures).throttledFor().map(time -> Suspicion.tooMany(time, ""));
  }

  /** Counts the secret of no token, or of one that is not the caller's, as a failure. */
  public void failed(RequestHead head) {
    Denied _ = Suspicion.of(head, failures).counting(Denied.because(Reason.TOKEN_UNKNOWN));
  }

  /** Why the token is not good now, wherever it is used from; empty where it is. */
  public Optional<Reason> flaw(Token token, Principal principal) {
    return TokenFlaws.first(token, principal, clock.instant());
  }

  private CompletionStage<Decision> check(
      RequestHead head,
      Function<TokenVerifier, Eventual<Verification>> look,
      Predicate<Token> expected) {
    Suspicion suspicion = Suspicion.of(head, failures);
    return guarded(
        () ->
            look.apply(finder(suspicion))
                .map(found -> suspicion.notingAny(judge(suspicion.weigh(found), head, expected))),
        denied -> denied);
  }

  private TokenVerifier finder(Suspicion suspicion) {
    return suspicion.throttledFor().isPresent() ? rememberer : verifier;
  }

  private static <T> CompletionStage<T> guarded(
      Supplier<Eventual<T>> finding, Function<Denied, T> refusing) {
    try {
      return finding.get().stage().exceptionally(failure -> refusing.apply(unexpected(failure)));
    } catch (RuntimeException e) {
      return CompletableFuture.completedStage(refusing.apply(unexpected(e)));
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

  private static Denied unexpected(Throwable failure) {
    LOG.log(System.Logger.Level.ERROR, "refused a caller after an unexpected failure", failure);
    return Denied.because(Reason.INTERNAL, failure.getClass().getName());
  }
}
