package dev.portcullis.gateway.control;

import dev.portcullis.gateway.limit.ClientNetwork;
import dev.portcullis.gateway.limit.FailureThrottle;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.token.TokenStatus;
import dev.portcullis.gateway.token.TokenStore;
import dev.portcullis.gateway.token.TwoRounds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * Finds out who asks: the first operator, or the owner of a gateway token that is good here. Where
 * too many tokens came from that were not, only those are good that are known without a look-up.
 */
final class OperatorGate {

  /** What became of the question. */
  sealed interface Admission {}

  /** It is an operator, who may do what was asked for. */
  record Admitted(Operator operator) implements Admission {}

  /** It is not. */
  record Refused(Problem problem, RefusedCalls.Caller caller) implements Admission {}

  private static final String SCHEME = "bearer ";

  private final OperatorToken operatorToken;
  private final PepperRing peppers;
  private final TokenStore store;
  private final TokenStore remembered;
  private final FailureThrottle failures;
  private final InstantSource clock;

  OperatorGate(
      OperatorToken operatorToken,
      PepperRing peppers,
      TokenStore store,
      FailureThrottle failures,
      InstantSource clock) {
    this.operatorToken = operatorToken;
    this.peppers = peppers;
    this.store = store;
    this.remembered = store.remembered();
    this.failures = failures;
    this.clock = clock;
  }

  /**
   * How one token is looked at.
   *
   * @param store where it is looked up
   * @param client who shows it
   * @param refusal what a token that is none is told
   */
  private record Look(TokenStore store, Optional<InetAddress> client, Supplier<Problem> refusal) {}

  /**
   * Whether whoever sent the request may do this. Counts what is looked up in vain. Never an error.
   */
  Mono<Admission> admit(ServerRequest request, Optional<Permission> permission) {
    Optional<InetAddress> client = client(request);
    Optional<ClientNetwork> network = client.map(ClientNetwork::of);
    Look look =
        failures
            .throttledFor(network)
            .map(wait -> new Look(remembered, client, () -> Problem.tooManyFailures(wait)))
            .orElseGet(() -> new Look(store, client, () -> failed(network)));
    return admit(request, permission, look);
  }

  private Problem failed(Optional<ClientNetwork> network) {
    failures.failed(network, Optional.empty());
    return Problem.credentialsRefused();
  }

  /** Whether whoever was admitted before still may: no guess, whatever others do. */
  Mono<Admission> admitAgain(ServerRequest request, Optional<Permission> permission) {
    return admit(
        request, permission, new Look(store, client(request), Problem::credentialsRefused));
  }

  private static Optional<InetAddress> client(ServerRequest request) {
    return request.remoteAddress().map(InetSocketAddress::getAddress);
  }

  private Mono<Admission> admit(ServerRequest request, Optional<Permission> permission, Look look) {
    Optional<SecretText> presented = presented(request);
    Optional<InetAddress> client = look.client();
    if (presented.isEmpty()) {
      return refused(Problem.credentialsMissing(), client);
    }
    if (operatorToken.matches(presented.get())) {
      return Mono.just(new Admitted(Operator.first(client.map(InetAddress::getHostAddress))));
    }
    return find(TwoRounds.through(peppers.candidates(presented.get(), false)), 0, look)
        .map(admission -> within(permission, admission));
  }

  private static Admission within(Optional<Permission> permission, Admission admission) {
    return admission instanceof Admitted(Operator operator)
            && permission.isPresent()
            && !operator.may(permission.get())
        ? new Refused(Problem.forbidden(permission.get()), RefusedCalls.Caller.of(operator))
        : admission;
  }

  private static Optional<SecretText> presented(ServerRequest request) {
    List<String> values = request.headers().header(HttpHeaders.AUTHORIZATION);
    if (values.size() != 1 || !values.getFirst().toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    String text = values.getFirst().substring(SCHEME.length()).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(SecretText.of(text));
  }

  private Mono<Admission> find(List<TokenHash> candidates, int index, Look look) {
    if (index == candidates.size()) {
      return refused(look);
    }
    return Stages.mono(() -> look.store().token(candidates.get(index)))
        .flatMap(
            lookup ->
                switch (lookup) {
                  case Lookup.Found(Token token) -> owner(token, look);
                  case Lookup.Absent<Token> _, Lookup.Unreadable<Token> _ ->
                      find(candidates, index + 1, look);
                  case Lookup.Unavailable<Token> _ -> refused(Problem.unavailable(), look.client());
                });
  }

  private Mono<Admission> owner(Token token, Look look) {
    Optional<InetAddress> client = look.client();
    if (!isGood(token, client)) {
      return refused(look);
    }
    return Stages.mono(() -> look.store().principal(token.principalId()))
        .flatMap(
            lookup ->
                switch (lookup) {
                  case Lookup.Found(Principal owner) when owner.enabled() ->
                      Mono.just(
                          new Admitted(
                              Operator.of(token, owner, client.map(InetAddress::getHostAddress))));
                  case Lookup.Unavailable<Principal> _ -> refused(Problem.unavailable(), client);
                  case Lookup.Found<Principal> _,
                      Lookup.Absent<Principal> _,
                      Lookup.Unreadable<Principal> _ ->
                      refused(look);
                });
  }

  private boolean isGood(Token token, Optional<InetAddress> client) {
    return token.status(clock.instant()) == TokenStatus.ACTIVE
        && (token.kind() == TokenKind.API || token.kind() == TokenKind.PERSONAL)
        && token.isAllowedFrom(client);
  }

  private static Mono<Admission> refused(Look look) {
    return refused(look.refusal().get(), look.client());
  }

  private static Mono<Admission> refused(Problem problem, Optional<InetAddress> client) {
    Optional<String> address = client.map(InetAddress::getHostAddress);
    return Mono.just(new Refused(problem, RefusedCalls.Caller.unknown(address)));
  }
}
