package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.Use;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A registry of whose changes the caller may never hear whether they were made. */
final class UnreliableRegistry implements TokenRegistry {
  /** What becomes of the next change. */
  enum Mood {
    RELIABLE,
    MADE_AND_NOT_TOLD,
    NOT_MADE,
    /** Not made, and nothing can be read from then on. */
    GONE
  }

  private final TokenRegistry registry;
  volatile Mood mood = Mood.RELIABLE;

  UnreliableRegistry(TokenRegistry registry) {
    this.registry = registry;
  }

  @Override
  public CompletionStage<Commit> commit(Change change) {
    CompletionStage<Commit> lost =
        CompletableFuture.completedStage(new Commit.Unavailable("lost by the test"));
    return switch (mood) {
      case RELIABLE -> registry.commit(change);
      case MADE_AND_NOT_TOLD -> registry.commit(change).thenCompose(_ -> lost);
      case NOT_MADE, GONE -> lost;
    };
  }

  @Override
  public CompletionStage<Outcome<KeptToken>> token(String id) {
    return mood == Mood.GONE
        ? CompletableFuture.completedStage(new Outcome.Unavailable<>("gone by the test"))
        : registry.token(id);
  }

  @Override
  public CompletionStage<Outcome<Principal>> principal(String id) {
    return registry.principal(id);
  }

  @Override
  public CompletionStage<Outcome<Page<Principal>>> principals(
      Optional<String> organization, Optional<String> cursor, int limit) {
    return registry.principals(organization, cursor, limit);
  }

  @Override
  public CompletionStage<Outcome<KeptToken>> tokenByHash(List<TokenHash> hashes) {
    return registry.tokenByHash(hashes);
  }

  @Override
  public CompletionStage<Outcome<Page<KeptToken>>> tokens(
      TokenFilter filter, Optional<String> cursor, int limit) {
    return registry.tokens(filter, cursor, limit);
  }

  @Override
  public CompletionStage<Outcome<Long>> countTokens(String principal) {
    return registry.countTokens(principal);
  }

  @Override
  public CompletionStage<Outcome<Receipt>> receipt(String key) {
    return registry.receipt(key);
  }

  @Override
  public CompletionStage<Outcome<List<String>>> deletions(Instant begunUntil) {
    return registry.deletions(begunUntil);
  }

  @Override
  public CompletionStage<Outcome<Void>> used(Collection<Use> uses) {
    return registry.used(uses);
  }

  @Override
  public CompletionStage<Outcome<Census>> census(
      Instant now, List<Instant> createdUntil, List<Instant> endsBefore) {
    return registry.census(now, createdUntil, endsBefore);
  }
}
