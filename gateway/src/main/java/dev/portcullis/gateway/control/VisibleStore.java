package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the chain reads, as one operator sees it: other organizations' tokens do not exist. */
final class VisibleStore implements TokenStore {
  private final TokenStore store;
  private final Operator operator;

  VisibleStore(TokenStore store, Operator operator) {
    this.store = store;
    this.operator = operator;
  }

  @Override
  public CompletionStage<Lookup<Token>> token(TokenHash hash) {
    return store
        .token(hash)
        .thenCompose(
            lookup ->
                lookup instanceof Lookup.Found<Token>(Token token)
                    ? principal(token.principalId()).thenApply(owner -> owned(lookup, owner))
                    : CompletableFuture.completedStage(lookup));
  }

  private Lookup<Token> owned(Lookup<Token> token, Lookup<Principal> owner) {
    return switch (owner) {
      case Lookup.Found<Principal> _ -> token;
      case Lookup.Unavailable<Principal>(String cause) -> new Lookup.Unavailable<>(cause);
      case Lookup.Absent<Principal> _, Lookup.Unreadable<Principal> _ ->
          operator.organization().isEmpty() ? token : new Lookup.Absent<>();
    };
  }

  @Override
  public CompletionStage<Lookup<Principal>> principal(String id) {
    return store
        .principal(id)
        .thenApply(
            lookup ->
                lookup instanceof Lookup.Found<Principal>(Principal principal)
                        && !operator.sees(principal.organization())
                    ? new Lookup.Absent<>()
                    : lookup);
  }
}
