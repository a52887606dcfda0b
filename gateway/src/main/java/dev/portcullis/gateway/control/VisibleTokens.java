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
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The tokens as one operator sees them: those of other organizations do not exist. */
final class VisibleTokens {
  private static final String WHAT = "token";

  private final TokenRegistry registry;

  VisibleTokens(TokenRegistry registry) {
    this.registry = registry;
  }

  /** The token, if this operator may know of it. */
  Mono<Outcome<KeptToken>> find(Operator operator, String id) {
    return Stages.mono(() -> read(id)).map(outcome -> visible(operator, outcome));
  }

  /** The token in a request's path and, where the operator may know of it, what comes next. */
  Mono<Reply> then(OperatorCall call, Function<KeptToken, Mono<Reply>> next) {
    return find(call.operator(), call.id())
        .flatMap(
            outcome ->
                outcome instanceof Outcome.Done<KeptToken>(KeptToken token)
                    ? next.apply(token).map(reply -> reply.about(Subject.of(token)))
                    : Mono.just(Reply.of(WHAT, outcome, Reply::ok)));
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
    return operator.seesAnyOf(filter.organization())
        ? Stages.mono(() -> registry.tokens(bound(operator, filter), cursor, limit))
        : Mono.just(new Outcome.Done<>(new Page<>(List.of(), Optional.empty())));
  }

  /** The filter, within what the operator sees. */
  static TokenFilter bound(Operator operator, TokenFilter filter) {
    return filter.within(filter.organization().or(operator::organization));
  }

  /** Whether there is, or was, any token of this principal; those outlive it. */
  Mono<Outcome<Boolean>> anyOf(Operator operator, String principal) {
    return anyOf(operator, principal, Optional.empty());
  }

  private Mono<Outcome<Boolean>> anyOf(
      Operator operator, String principal, Optional<String> cursor) {
    return list(operator, TokenFilter.ofPrincipal(principal), cursor, 1)
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Done(Page<KeptToken> page)
                      when page.items().isEmpty() && page.next().isPresent() ->
                      anyOf(operator, principal, page.next());
                  case Outcome.Done(Page<KeptToken> page) ->
                      Mono.just(new Outcome.Done<>(!page.items().isEmpty()));
                  case Outcome.Unavailable<Page<KeptToken>>(String cause) ->
                      Mono.just(new Outcome.Unavailable<>(cause));
                  case Outcome.NotFound<Page<KeptToken>> _, Outcome.Conflict<Page<KeptToken>> _ ->
                      Mono.just(new Outcome.Done<>(false));
                });
  }
}
