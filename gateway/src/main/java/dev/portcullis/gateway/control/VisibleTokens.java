package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Page;
import dev.portcullis.gateway.registry.TokenFilter;
import dev.portcullis.gateway.registry.TokenRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** The tokens as one operator sees them: those of other organizations do not exist. */
final class VisibleTokens {
  private final TokenRegistry registry;

  VisibleTokens(TokenRegistry registry) {
    this.registry = registry;
  }

  /** The token, if this operator may know of it. */
  Mono<Outcome<KeptToken>> find(Operator operator, String id) {
    return Mono.fromCompletionStage(() -> read(id)).map(outcome -> visible(operator, outcome));
  }

  private CompletionStage<Outcome<KeptToken>> read(String id) {
    return TextRule.ID.allows(id)
        ? registry.token(id)
        : CompletableFuture.completedStage(new Outcome.NotFound<>());
  }

  private static Outcome<KeptToken> visible(Operator operator, Outcome<KeptToken> outcome) {
    return outcome instanceof Outcome.Done(KeptToken token)
            && !operator.sees(token.details().organization())
        ? new Outcome.NotFound<>()
        : outcome;
  }

  /** A page of tokens. */
  Mono<Outcome<Page<KeptToken>>> list(
      Operator operator, TokenFilter filter, Optional<String> cursor, int limit) {
    if (filter.organization().isPresent() && !operator.sees(filter.organization())) {
      return Mono.just(new Outcome.Done<>(new Page<>(List.of(), Optional.empty())));
    }
    TokenFilter bounded = filter.within(filter.organization().or(operator::organization));
    return Mono.fromCompletionStage(() -> registry.tokens(bounded, cursor, limit));
  }
}
