package dev.portcullis.gateway.token;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a store without a memory can tell unasked. */
record NothingRemembered() implements TokenStore {

  @Override
  public CompletionStage<Lookup<Token>> token(TokenHash hash) {
    return CompletableFuture.completedStage(new Lookup.Absent<>());
  }

  @Override
  public CompletionStage<Lookup<Principal>> principal(String id) {
    return CompletableFuture.completedStage(new Lookup.Absent<>());
  }
}
