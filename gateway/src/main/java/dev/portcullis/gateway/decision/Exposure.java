package dev.portcullis.gateway.decision;

import static java.lang.System.Logger.Level.ERROR;

import dev.portcullis.gateway.limit.ClientNetwork;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TwoRounds;
import dev.portcullis.policy.CredentialCarrier;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.RouteMatch;
import dev.portcullis.policy.TlsRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The look at what a request over plain HTTP has shown to whoever reads along, where its policy
 * wants that revoked. It goes on beside the answer, which is the same whatever it finds.
 *
 * <p>Only a whole secret is found, never an id; and what is not found counts as a failed
 * authentication, so that nobody has more guesses here than over TLS.
 */
final class Exposure {
  private static final System.Logger LOG = System.getLogger(Exposure.class.getName());

  private static final String FAILED = "failed to tell what a request over plain HTTP has exposed";

  /** What is shown beyond that, at the same time, is not looked at. */
  private static final int AT_ONCE = 256;

  private final TokenSources sources;
  private final FailureThrottle failures;
  private final ExposedTokens exposed;
  private final Duration patience;
  private final Executor beside;
  private final Semaphore room = new Semaphore(AT_ONCE);

  /** What was found out of one credential. */
  private sealed interface Finding {
    /** It is this token's. */
    record Of(Token token, List<TokenHash> hashes) implements Finding {}

    /** It is nobody's. */
    record Nobodys() implements Finding {}

    /** Nobody can tell. */
    record Unknown() implements Finding {}
  }

  /**
   * Looks in these sources.
   *
   * @param exposed told of what it finds
   * @param patience how long one look may take
   * @param beside runs what the answer is not to wait for
   */
  Exposure(
      TokenSources sources,
      FailureThrottle failures,
      ExposedTokens exposed,
      Duration patience,
      Executor beside) {
    this.sources = sources;
    this.failures = failures;
    this.exposed = exposed;
    this.patience = patience;
    this.beside = beside;
  }

  /**
   * Has the request looked at, unless it came over TLS, or is throttled, or its route is only
   * tried. Costs the same for any credential, and fails for none.
   */
  void look(RequestHead head, RouteMatch match, Suspicion suspicion) {
    Policy policy = match.policy();
    if (policy.tls() != TlsRule.REVOKING
        || head.transport() != Transport.PLAIN
        || match.route().shadow()
        || suspicion.throttledFor().isPresent()) {
      return;
    }
    try {
      for (CredentialCarrier carrier : policy.credentials()) {
        if (CredentialExtractor.extract(head, carrier, policy)
            instanceof Extraction.Found(SecretText secret)) {
          begin(secret, policy, head, suspicion.network());
        }
      }
    } catch (RuntimeException e) {
      LOG.log(ERROR, FAILED, e);
    }
  }

  private void begin(
      SecretText secret, Policy policy, RequestHead head, Optional<ClientNetwork> network) {
    if (room.tryAcquire()) {
      beside.execute(() -> look(secret, policy, head, network));
    } else {
      exposed.unexamined();
    }
  }

  private void look(
      SecretText secret, Policy policy, RequestHead head, Optional<ClientNetwork> network) {
    CompletableFuture<Void> _ =
        CompletableFuture.completedStage(secret)
            .thenCompose(text -> find(text, policy))
            .toCompletableFuture()
            .completeOnTimeout(new Finding.Unknown(), patience.toNanos(), TimeUnit.NANOSECONDS)
            .thenAccept(finding -> tell(finding, policy, head, network))
            .whenComplete(
                (done, failure) -> {
                  room.release();
                  if (failure != null) {
                    LOG.log(ERROR, FAILED, failure);
                  }
                });
  }

  private void tell(
      Finding finding, Policy policy, RequestHead head, Optional<ClientNetwork> network) {
    switch (finding) {
      case Finding.Of(Token token, List<TokenHash> hashes) -> {
        if (token.revokedAt().isEmpty()) {
          exposed.exposed(token, hashes, policy.api(), head.client());
        }
      }
      case Finding.Nobodys() -> failures.failed(network, Optional.empty());
      case Finding.Unknown() -> exposed.unexamined();
    }
  }

  private CompletionStage<Finding> find(SecretText secret, Policy policy) {
    return (policy.issuers().isEmpty()
            ? Optional.<CompletionStage<Verification>>empty()
            : sources.foreign().verify(secret, policy))
        .map(verified -> verified.thenApply(Exposure::foreign))
        .orElseGet(
            () ->
                find(
                    TwoRounds.through(
                        sources.peppers().candidates(secret, policy.importedTokens())),
                    0));
  }

  private static Finding foreign(Verification verification) {
    return switch (verification) {
      case Verification.Known known -> new Finding.Of(known.token(), List.of());
      case Verification.Refused(var denied) ->
          denied.reason().isFailedAuthentication() ? new Finding.Nobodys() : new Finding.Unknown();
    };
  }

  /** The token alone: neither what kind it is nor whose matters to those who read along. */
  private CompletionStage<Finding> find(List<TokenHash> candidates, int at) {
    if (at == candidates.size()) {
      return CompletableFuture.completedStage(new Finding.Nobodys());
    }
    return sources
        .store()
        .token(candidates.get(at))
        .thenCompose(
            lookup ->
                switch (lookup) {
                  case Lookup.Found<Token>(Token token) ->
                      CompletableFuture.completedStage(new Finding.Of(token, candidates));
                  case Lookup.Absent<Token> _ -> find(candidates, at + 1);
                  case Lookup.Unreadable<Token> _, Lookup.Unavailable<Token> _ ->
                      CompletableFuture.completedStage(new Finding.Unknown());
                });
  }
}
