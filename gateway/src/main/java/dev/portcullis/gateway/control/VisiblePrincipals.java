package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.registry.TokenRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** The principals as one operator sees them: those of other organizations do not exist. */
final class VisiblePrincipals {
  private final TokenRegistry registry;

  VisiblePrincipals(TokenRegistry registry) {
    this.registry = registry;
  }

  /** The principal, if this operator may know of it. */
  Mono<Outcome<Principal>> find(Operator operator, String id) {
    return Mono.fromCompletionStage(() -> read(id)).map(outcome -> visible(operator, outcome));
  }

  private CompletionStage<Outcome<Principal>> read(String id) {
    return TextRule.ID.allows(id)
        ? registry.principal(id)
        : CompletableFuture.completedStage(new Outcome.NotFound<>());
  }

  private static Outcome<Principal> visible(Operator operator, Outcome<Principal> outcome) {
    return outcome instanceof Outcome.Done(Principal principal)
            && !operator.sees(principal.organization())
        ? new Outcome.NotFound<>()
        : outcome;
  }
}
