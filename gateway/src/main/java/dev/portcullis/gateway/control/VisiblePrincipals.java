package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Page;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The principals as one operator sees them: those of other organizations do not exist. */
final class VisiblePrincipals {
  private final TokenRegistry registry;

  VisiblePrincipals(TokenRegistry registry) {
    this.registry = registry;
  }

  /** The principal, if this operator may know of it. */
  Mono<Outcome<Principal>> find(Operator operator, String id) {
    return Stages.mono(() -> read(id)).map(outcome -> visible(operator, outcome));
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

  /** A page of principals, of this organization or of all. */
  Mono<Outcome<Page<Principal>>> list(
      Operator operator, Optional<String> organization, Optional<String> cursor, int limit) {
    return operator.seesAnyOf(organization)
        ? Stages.mono(
            () -> registry.principals(organization.or(operator::organization), cursor, limit))
        : Mono.just(new Outcome.Done<>(new Page<>(List.of(), Optional.empty())));
  }

  /** Whether an operator may have the secret of such a token, or prolong its life. */
  Mono<Outcome<Boolean>> mayHandle(Operator operator, Token token) {
    return token.kind() == TokenKind.PERSONAL
        ? find(operator, token.principalId())
            .map(
                outcome ->
                    outcome instanceof Outcome.Unavailable<Principal>(String cause)
                        ? new Outcome.Unavailable<>(cause)
                        : new Outcome.Done<>(
                            outcome instanceof Outcome.Done<Principal>(Principal owner)
                                && Grants.mayGiveAll(owner.scopes(), operator)))
        : Mono.just(new Outcome.Done<>(Grants.mayGiveAll(token.scopes(), operator)));
  }

  /** What comes next where {@link #mayHandle} says so. */
  static Mono<Reply> handled(Outcome<Boolean> may, Supplier<Mono<Reply>> next) {
    return may instanceof Outcome.Done<Boolean>(Boolean yes)
        ? yes ? next.get() : Mono.just(Reply.refused(Problem.beyond()))
        : Mono.just(Reply.of("token", may, Reply::ok));
  }
}
