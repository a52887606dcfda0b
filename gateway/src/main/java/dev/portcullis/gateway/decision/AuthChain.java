package dev.portcullis.gateway.decision;

import static java.lang.System.Logger.Level.ERROR;

import dev.portcullis.gateway.decision.Decision.Denied;
import dev.portcullis.gateway.decision.Decision.Open;
import dev.portcullis.gateway.decision.Eventual.Later;
import dev.portcullis.gateway.decision.Eventual.Now;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.limit.RateLimiter;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import dev.portcullis.policy.TlsRule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides whether a request passes: channel, extract, throttle, verify, then the checks of the
 * token and the limits; the first refusal stands.
 */
public final class AuthChain {
  private static final System.Logger LOG = System.getLogger(AuthChain.class.getName());
  private static final Optional<Decision> OPEN = Optional.of(new Open(LimitReport.NONE));

  private final TokenSources sources;
  private final TokenVerifier verifier;
  private final TokenVerifier rememberer;
  private final TokenVerifier reader;
  private final RateLimiter limiter;
  private final FailureThrottle failures;
  private final ExposedTokens exposed;
  private final Exposure exposure;
  private final Duration patience;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /**
   * A chain that knows tokens from these sources, at this time.
   *
   * @param limiter counts what passes
   * @param failures counts what fails
   * @param exposed told of good tokens over plain HTTP, where the policy wants them revoked
   * @param patience how long all that the store is asked for one request may take together, before
   *     it counts as unavailable
   * @param nanos the monotonic clock
   */
  public AuthChain(
      TokenSources sources,
      RateLimiter limiter,
      FailureThrottle failures,
      ExposedTokens exposed,
      Duration patience,
      InstantSource clock,
      LongSupplier nanos) {
    TokenStore store = sources.store();
    this.sources = sources;
    this.verifier = new TokenVerifier(sources, patience);
    this.rememberer = new TokenVerifier(sources.remembered(), patience);
    this.reader = new TokenVerifier(sources.reading(new ReadOnlyStore(store)), patience);
    this.limiter = limiter;
    this.failures = failures;
    this.exposed = exposed;
    this.exposure = new Exposure(sources, failures, exposed, patience, Thread::startVirtualThread);
    this.patience = patience;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** The same chain before another store. */
  public AuthChain reading(TokenStore store) {
    return new AuthChain(
        sources.reading(store), limiter, failures, exposed, patience, clock, nanos);
  }

  /**
   * Decides over one request. The stage never fails: an unexpected failure is a refusal with {@link
   * Reason#INTERNAL}. Already complete when everything needed was in the near cache, and no limit
   * had to be asked for in the store.
   *
   * @param witness told of the steps as they are passed
   */
  public CompletionStage<Decision> decide(RequestHead head, RouteMatch match, Witness witness) {
    Suspicion suspicion = Suspicion.of(head, failures);
    exposure.look(head, match, suspicion);
    TokenVerifier finder = suspicion.throttledFor().isPresent() ? rememberer : verifier;
    return decide(head, match, new Look.Earnest(finder, suspicion, limiter, witness));
  }

  /** Tells how it would decide over one request, and writes and counts nothing. Never fails. */
  public CompletionStage<Explanation> explain(RequestHead head, RouteMatch match) {
    StepsTaken trail = StepsTaken.of(head, match);
    return decide(head, match, new Look.Rehearsal(reader, limiter, trail))
        .thenApply(trail::explanation);
  }

  /**
   * The same for a request whose token is known already. What the request says of its owner is
   * checked; what it leaves unsaid is taken to be as with the principal.
   */
  public CompletionStage<Explanation> explain(
      Token token, Principal principal, RequestHead head, RouteMatch match) {
    StepsTaken trail = StepsTaken.ofNamed(head, match);
    Look look = new Look.Rehearsal(reader, limiter, trail);
    return safely(
            () ->
                within(
                    check(token, principal, head, match, look),
                    head,
                    match,
                    look,
                    patience.toNanos()))
        .thenApply(trail::explanation);
  }

  private CompletionStage<Decision> decide(RequestHead head, RouteMatch match, Look look) {
    return safely(
        () ->
            switch (check(head, match, look)) {
              case Now<Decision>(Decision decision) ->
                  within(decision, head, match, look, patience.toNanos());
              case Later<Decision> later -> {
                long deadline = nanos.getAsLong() + patience.toNanos();
                yield later.then(
                    decision -> within(decision, head, match, look, deadline - nanos.getAsLong()));
              }
            });
  }

  private static Eventual<Decision> within(
      Decision decision, RequestHead head, RouteMatch match, Look look, long patienceNanos) {
    return new LimitStep(head, match).within(look.note(decision), look, patienceNanos);
  }

  private static CompletionStage<Decision> safely(Supplier<Eventual<Decision>> deciding) {
    try {
      return switch (deciding.get()) {
        case Now<Decision> now -> now.stage();
        case Later<Decision> later -> later.stage().exceptionally(AuthChain::unexpected);
      };
    } catch (RuntimeException e) {
      return CompletableFuture.completedStage(unexpected(e));
    }
  }

  private Decision check(
      Token token, Principal principal, RequestHead head, RouteMatch match, Look look) {
    return enter(head, match, look.witness())
        .orElseGet(
            () ->
                switch (Claim.of(head, match.policy(), principal)) {
                  case Claim.Refused(Denied denied) -> denied;
                  case Claim.Made claim -> {
                    look.witness().passed(Witness.EXTRACT);
                    yield judge(TokenVerifier.known(token, principal), claim, head, match, look);
                  }
                });
  }

  private Eventual<Decision> check(RequestHead head, RouteMatch match, Look look) {
    Optional<Decision> early = enter(head, match, look.witness());
    if (early.isPresent()) {
      return new Now<>(early.get());
    }
    Policy policy = match.policy();
    return switch (CredentialExtractor.extract(head, policy)) {
      case Extraction.Absent absent -> refused(Denied.because(Reason.CREDENTIALS_MISSING));
      case Extraction.Malformed(String detail) ->
          refused(Denied.because(Reason.CREDENTIALS_MALFORMED, detail));
      case Extraction.Ambiguous(String detail) ->
          refused(Denied.because(Reason.CREDENTIALS_AMBIGUOUS, detail));
      case Extraction.Found(SecretText secret) ->
          switch (Claim.of(head, policy)) {
            case Claim.Refused(Denied denied) -> refused(denied);
            case Claim.Made claim -> {
              look.witness().passed(Witness.EXTRACT);
              yield switch (look.verifier().verify(secret, policy)) {
                case Now<Verification>(Verification found) ->
                    new Now<>(judge(found, claim, head, match, look));
                case Later<Verification> later ->
                    later.map(found -> judge(found, claim, head, match, look));
              };
            }
          };
    };
  }

  /** What there is to say of a request before anybody asks for its credentials. */
  private static Optional<Decision> enter(RequestHead head, RouteMatch match, Witness witness) {
    if (match.policy().tls() != TlsRule.OPTIONAL && !head.secure()) {
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
      Verification found, Claim.Made claim, RequestHead head, RouteMatch match, Look look) {
    return switch (look.weigh(found)) {
      case Verification.Refused(Denied denied) -> denied;
      case Verification.Known known -> {
        TokenUse use = new TokenUse(known, claim, head, match, clock.instant());
        look.witness().passed(Witness.VERIFY);
        look.witness().known(use);
        yield TokenChecks.decide(use, look.witness());
      }
    };
  }

  private static Eventual<Decision> refused(Denied denied) {
    return new Now<>(denied);
  }

  private static Decision unexpected(Throwable failure) {
    LOG.log(ERROR, "refused a request after an unexpected failure", failure);
    return Denied.because(Reason.INTERNAL, failure.getClass().getName());
  }
}
