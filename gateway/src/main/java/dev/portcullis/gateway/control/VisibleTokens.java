package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.Outcome;
import dev.portcullis.gateway.token.Page;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenDetails;
import dev.portcullis.gateway.token.TokenFilter;
import dev.portcullis.gateway.token.TokenRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The tokens as one operator sees them: those of other organizations do not exist. */
final class VisibleTokens {
  private static final int READS_AT_ONCE = 16;

  private final TokenRegistry registry;

  VisibleTokens(TokenRegistry registry) {
    this.registry = registry;
  }

  /** The token, if this operator may know of it. */
  Mono<Outcome<OwnedToken>> find(Operator operator, String id) {
    return Mono.fromCompletionStage(() -> read(id))
        .flatMap(outcome -> then(outcome, details -> owned(List.of(details))))
        .flatMap(outcome -> then(outcome, tokens -> visible(operator, tokens.getFirst())));
  }

  private CompletionStage<Outcome<TokenDetails>> read(String id) {
    return TextRule.ID.allows(id)
        ? registry.tokenById(id)
        : CompletableFuture.completedStage(new Outcome.NotFound<>());
  }

  private static Mono<Outcome<OwnedToken>> visible(Operator operator, OwnedToken token) {
    return Mono.just(
        operator.sees(token.organization()) ? new Outcome.Done<>(token) : new Outcome.NotFound<>());
  }

  /** A page of tokens, each with its organization. */
  Mono<Outcome<Page<OwnedToken>>> list(
      Operator operator, TokenFilter filter, Optional<String> cursor, int limit) {
    if (filter.organization().isPresent() && !operator.sees(filter.organization())) {
      return Mono.just(new Outcome.Done<>(new Page<>(List.of(), Optional.empty())));
    }
    TokenFilter bounded =
        new TokenFilter(
            filter.principal(), filter.organization().or(operator::organization), filter.status());
    return Mono.fromCompletionStage(() -> registry.tokens(bounded, cursor, limit))
        .flatMap(outcome -> then(outcome, this::owned));
  }

  private Mono<Outcome<Page<OwnedToken>>> owned(Page<TokenDetails> page) {
    return owned(page.items())
        .flatMap(
            outcome ->
                then(
                    outcome,
                    tokens -> Mono.just(new Outcome.Done<>(new Page<>(tokens, page.next())))));
  }

  private Mono<Outcome<List<OwnedToken>>> owned(List<TokenDetails> tokens) {
    List<String> ids = tokens.stream().map(VisibleTokens::ownerId).distinct().toList();
    return Flux.fromIterable(ids)
        .flatMap(
            id ->
                Mono.fromCompletionStage(() -> registry.principal(id))
                    .map(owner -> Map.entry(id, owner)),
            READS_AT_ONCE)
        .collectMap(Map.Entry::getKey, Map.Entry::getValue)
        .map(owners -> together(tokens, owners));
  }

  private static Outcome<List<OwnedToken>> together(
      List<TokenDetails> tokens, Map<String, Outcome<Principal>> owners) {
    for (Outcome<Principal> owner : owners.values()) {
      if (owner instanceof Outcome.Unavailable<Principal>(String cause)) {
        return new Outcome.Unavailable<>(cause);
      }
    }
    return new Outcome.Done<>(
        tokens.stream()
            .map(token -> new OwnedToken(token, organization(owners.get(ownerId(token)))))
            .toList());
  }

  private static String ownerId(TokenDetails token) {
    return token.token().principalId();
  }

  private static Optional<String> organization(@Nullable Outcome<Principal> owner) {
    return owner instanceof Outcome.Done<Principal>(Principal principal)
        ? principal.organization()
        : Optional.empty();
  }

  private static <T, R> Mono<Outcome<R>> then(
      Outcome<T> outcome, Function<T, Mono<Outcome<R>>> next) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> next.apply(value);
      case Outcome.NotFound<T> _ -> Mono.just(new Outcome.NotFound<>());
      case Outcome.Conflict<T>(String field, String detail) ->
          Mono.just(new Outcome.Conflict<>(field, detail));
      case Outcome.Unavailable<T>(String cause) -> Mono.just(new Outcome.Unavailable<>(cause));
    };
  }
}
