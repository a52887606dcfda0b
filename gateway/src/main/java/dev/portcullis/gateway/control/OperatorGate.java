package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.gateway.token.TokenStatus;
import dev.portcullis.gateway.token.TokenStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Finds out who asks: the first operator, or the owner of a gateway token that is good here. */
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
  private final InstantSource clock;

  OperatorGate(
      OperatorToken operatorToken, PepperRing peppers, TokenStore store, InstantSource clock) {
    this.operatorToken = operatorToken;
    this.peppers = peppers;
    this.store = store;
    this.clock = clock;
  }

  /** Whether whoever sent the request may do this. Never an error. */
  Mono<Admission> admit(ServerRequest request, Optional<Permission> permission) {
    Optional<SecretText> presented = presented(request);
    Optional<InetAddress> client = request.remoteAddress().map(InetSocketAddress::getAddress);
    if (presented.isEmpty()) {
      return refused(Problem.credentialsMissing(), client);
    }
    if (operatorToken.matches(presented.get())) {
      return Mono.just(new Admitted(Operator.first(client.map(InetAddress::getHostAddress))));
    }
    return find(peppers.candidates(presented.get(), false), 0, client)
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

  private Mono<Admission> find(
      List<TokenHash> candidates, int index, Optional<InetAddress> client) {
    if (index == candidates.size()) {
      return refused(Problem.credentialsRefused(), client);
    }
    return Stages.mono(() -> store.token(candidates.get(index)))
        .flatMap(
            lookup ->
                switch (lookup) {
                  case Lookup.Found(Token token) -> owner(token, client);
                  case Lookup.Absent<Token> _, Lookup.Unreadable<Token> _ ->
                      find(candidates, index + 1, client);
                  case Lookup.Unavailable<Token> _ -> refused(Problem.unavailable(), client);
                });
  }

  private Mono<Admission> owner(Token token, Optional<InetAddress> client) {
    if (!isGood(token, client)) {
      return refused(Problem.credentialsRefused(), client);
    }
    return Stages.mono(() -> store.principal(token.principalId()))
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
                      refused(Problem.credentialsRefused(), client);
                });
  }

  private boolean isGood(Token token, Optional<InetAddress> client) {
    return token.status(clock.instant()) == TokenStatus.ACTIVE
        && (token.kind() == TokenKind.API || token.kind() == TokenKind.PERSONAL)
        && isAllowedFrom(token, client);
  }

  private static boolean isAllowedFrom(Token token, Optional<InetAddress> client) {
    return token.allowedAddresses().isEmpty()
        || client
            .filter(a -> token.allowedAddresses().stream().anyMatch(b -> b.contains(a)))
            .isPresent();
  }

  private static Mono<Admission> refused(Problem problem, Optional<InetAddress> client) {
    Optional<String> address = client.map(InetAddress::getHostAddress);
    return Mono.just(new Refused(problem, RefusedCalls.Caller.unknown(address)));
  }
}
