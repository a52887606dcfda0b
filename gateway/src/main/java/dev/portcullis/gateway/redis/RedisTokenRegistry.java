package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.Change;
import dev.portcullis.gateway.registry.Commit;
import dev.portcullis.gateway.registry.Commit.Obstacle;
import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Page;
import dev.portcullis.gateway.registry.Receipt;
import dev.portcullis.gateway.registry.TokenFilter;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.registry.Write;
import dev.portcullis.gateway.token.CacheCoherence;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.Use;
import io.lettuce.core.Range;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The registry in Redis: every change goes through the journal, every read to the records. */
final class RedisTokenRegistry implements TokenRegistry {
  private final RedisConnection redis;
  private final Journal journal;
  private final CacheCoherence coherence;
  private final Adoption adoption;
  private final Listing listing;

  RedisTokenRegistry(
      RedisConnection redis, Journal journal, CacheCoherence coherence, InstantSource clock) {
    this.redis = redis;
    this.journal = journal;
    this.coherence = coherence;
    this.adoption = new Adoption(redis, journal);
    this.listing = new Listing(clock);
  }

  @Override
  public CompletionStage<Outcome<Principal>> principal(String id) {
    return redis.answer(
        redis ->
            redis
                .hgetall(Keys.principal(id))
                .thenApply(record -> outcome(PrincipalRecord.principal(id, record))));
  }

  @Override
  public CompletionStage<Outcome<Page<Principal>>> principals(
      Optional<String> organization, Optional<String> cursor, int limit) {
    return redis.answer(
        redis ->
            listing.principals(redis, organization, cursor, limit).thenApply(Outcome.Done::new));
  }

  @Override
  public CompletionStage<Outcome<KeptToken>> token(String id) {
    return redis.answer(redis -> KeptTokens.byIds(redis, List.of(id)).thenApply(this::only));
  }

  private Outcome<KeptToken> only(List<Lookup<KeptToken>> lookups) {
    return lookups.isEmpty() ? new Outcome.NotFound<>() : outcome(lookups.getFirst());
  }

  @Override
  public CompletionStage<Outcome<KeptToken>> tokenByHash(List<TokenHash> hashes) {
    return redis.answer(
        redis ->
            Listing.all(hashes, hash -> KeptTokens.byHash(redis, hash))
                .thenApply(RedisTokenRegistry::first));
  }

  private static Outcome<KeptToken> first(List<Lookup<KeptToken>> lookups) {
    return lookups.stream()
        .filter(lookup -> !(lookup instanceof Lookup.Absent<KeptToken>))
        .findFirst()
        .map(RedisTokenRegistry::outcome)
        .orElseGet(Outcome.NotFound::new);
  }

  @Override
  public CompletionStage<Outcome<Page<KeptToken>>> tokens(
      TokenFilter filter, Optional<String> cursor, int limit) {
    return redis.answer(
        redis -> listing.tokens(redis, filter, cursor, limit).thenApply(Outcome.Done::new));
  }

  @Override
  public CompletionStage<Outcome<Long>> countTokens(String principal) {
    return redis.answer(
        redis -> redis.zcard(Keys.tokensOfPrincipal(principal)).thenApply(Outcome.Done::new));
  }

  @Override
  public CompletionStage<Outcome<Receipt>> receipt(String key) {
    return redis.answer(
        redis ->
            redis
                .hgetall(Keys.receipt(key))
                .thenApply(record -> outcome(ReceiptRecord.receipt(record))));
  }

  @Override
  public CompletionStage<Outcome<List<String>>> deletions(Instant begunUntil) {
    Range<Long> until =
        Range.from(Range.Boundary.unbounded(), Range.Boundary.including(begunUntil.toEpochMilli()));
    return redis.answer(
        redis -> redis.zrangebyscore(Keys.DELETIONS, until).thenApply(Outcome.Done::new));
  }

  @Override
  public CompletionStage<Commit> commit(Change change) {
    return make(change)
        .thenCompose(
            commit ->
                isChanged(commit)
                    ? adoption
                        .adopt(change)
                        .thenCompose(
                            adopted ->
                                adopted ? make(change) : CompletableFuture.completedStage(commit))
                    : CompletableFuture.completedStage(commit));
  }

  private static boolean isChanged(Commit commit) {
    return commit instanceof Commit.Obstructed(Obstacle obstacle)
        && (obstacle == Obstacle.PRINCIPAL_CHANGED || obstacle == Obstacle.TOKEN_CHANGED);
  }

  private CompletionStage<Commit> make(Change change) {
    return journal
        .commit(
            change.entries(),
            chained -> {
              Commands commands = Commands.none();
              change.writes().forEach(write -> Writes.add(commands, write));
              return commands;
            })
        .thenApply(
            commit -> {
              if (commit instanceof Commit.Done) {
                change.writes().forEach(this::tell);
              }
              return commit;
            });
  }

  /** Redis tells of it too, but behind its answer: this gateway knows by when it answers. */
  private void tell(Write write) {
    switch (write) {
      case Write.AddPrincipal(Principal it) -> coherence.principalChanged(it.id());
      case Write.ReplacePrincipal(Principal it, var after) -> coherence.principalChanged(it.id());
      case Write.BeginDeletion(Principal it, var at) -> coherence.principalChanged(it.id());
      case Write.RemovePrincipal(Principal it, long tokens) -> coherence.principalChanged(it.id());
      case Write.AddToken(var token, List<TokenHash> hashes, var owner) ->
          coherence.tokenChanged(hashes.getFirst());
      case Write.ReplaceToken(KeptToken it, var after) -> coherence.tokenChanged(it.hash());
      case Write.AddSession(var session, TokenHash hash, var parent, var owner) ->
          coherence.tokenChanged(hash);
      case Write.ReplaceSession(KeptToken it, var after) -> coherence.tokenChanged(it.hash());
      case Write.Remember it -> {}
    }
  }

  @Override
  public CompletionStage<Outcome<Void>> used(Collection<Use> uses) {
    return redis.answer(redis -> UseRecord.write(redis, uses).thenApply(Outcome.Done::new));
  }

  @Override
  public CompletionStage<Outcome<Census>> census(
      Instant now, List<Instant> createdUntil, List<Instant> endsBefore) {
    return redis.answer(
        redis ->
            LiveCount.census(redis, now, createdUntil, endsBefore).thenApply(Outcome.Done::new));
  }

  static <T> Outcome<T> outcome(Lookup<T> lookup) {
    return switch (lookup) {
      case Lookup.Found<T>(T value) -> new Outcome.Done<>(value);
      case Lookup.Absent<T> it -> new Outcome.NotFound<>();
      case Lookup.Unreadable<T>(String problem) -> new Outcome.Conflict<>("record", problem);
      case Lookup.Unavailable<T>(String cause) -> new Outcome.Unavailable<>(cause);
    };
  }

  /** What was found; empty where nothing was, or nothing that can be read. */
  static <T> Optional<T> value(Lookup<T> lookup) {
    return lookup instanceof Lookup.Found<T>(T value) ? Optional.of(value) : Optional.empty();
  }
}
