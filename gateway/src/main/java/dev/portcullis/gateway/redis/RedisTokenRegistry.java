package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Outcome;
import dev.portcullis.gateway.token.Page;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenDetails;
import dev.portcullis.gateway.token.TokenFilter;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenRegistry;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The registry in Redis: every write is one script, every read goes to the records themselves. */
final class RedisTokenRegistry implements TokenRegistry {
  private final RedisConnection redis;
  private final Listing listing;

  RedisTokenRegistry(RedisConnection redis, InstantSource clock) {
    this.redis = redis;
    this.listing = new Listing(clock);
  }

  @Override
  public CompletionStage<Outcome<Principal>> createPrincipal(Principal principal) {
    return ask(
        redis ->
            Scripts.create(redis, principal)
                .thenApply(
                    word ->
                        word.equals(Scripts.DONE)
                            ? new Outcome.Done<>(principal)
                            : new Outcome.Conflict<>(word, "there is a principal with this id")));
  }

  @Override
  public CompletionStage<Outcome<Principal>> principal(String id) {
    return ask(
        redis ->
            redis
                .hgetall(Keys.principal(id))
                .thenApply(record -> outcome(PrincipalRecord.principal(id, record))));
  }

  @Override
  public CompletionStage<Outcome<Page<Principal>>> principals(Optional<String> cursor, int limit) {
    return ask(redis -> listing.principals(redis, cursor, limit).thenApply(Outcome.Done::new));
  }

  @Override
  public CompletionStage<Outcome<TokenDetails>> createToken(TokenDetails token, TokenHash hash) {
    return ask(
        redis ->
            redis
                .hget(Keys.principal(token.token().principalId()), PrincipalRecord.ORGANIZATION)
                .thenApply(Optional::ofNullable)
                .thenCompose(organization -> Scripts.create(redis, token, hash, organization))
                .thenApply(word -> created(token, word)));
  }

  private static Outcome<TokenDetails> created(TokenDetails token, String word) {
    return switch (word) {
      case Scripts.DONE -> new Outcome.Done<>(token);
      case "principal" -> new Outcome.Conflict<>(word, "there is no such principal");
      case "secret" -> new Outcome.Conflict<>(word, "a token with this secret is known already");
      default -> new Outcome.Conflict<>(word, "there is a token with this id");
    };
  }

  @Override
  public CompletionStage<Outcome<TokenDetails>> tokenById(String id) {
    return ask(redis -> hash(redis, id).thenCompose(hash -> details(redis, hash)));
  }

  @Override
  public CompletionStage<Outcome<Page<TokenDetails>>> tokens(
      TokenFilter filter, Optional<String> cursor, int limit) {
    return ask(redis -> listing.tokens(redis, filter, cursor, limit).thenApply(Outcome.Done::new));
  }

  @Override
  public CompletionStage<Outcome<TokenDetails>> revoke(String id, Instant at) {
    return ask(
        redis ->
            hash(redis, id)
                .thenCompose(
                    hash ->
                        details(redis, hash)
                            .thenCompose(
                                before ->
                                    before instanceof Outcome.Done && hash != null
                                        ? revoke(redis, id, new TokenHash(hash), at)
                                        : CompletableFuture.completedStage(before))));
  }

  private CompletionStage<Outcome<TokenDetails>> revoke(
      RedisAsyncCommands<String, String> redis, String id, TokenHash hash, Instant at) {
    return Scripts.revoke(redis, id, hash, at)
        .thenCompose(
            // Re-hashed in between: it is under another hash now, and is looked for again.
            word -> word.equals(Scripts.DONE) ? details(redis, hash.text()) : revoke(id, at));
  }

  private static CompletionStage<@Nullable String> hash(
      RedisAsyncCommands<String, String> redis, String id) {
    return redis.hget(Keys.TOKEN_HASHES, id);
  }

  private static CompletionStage<Outcome<TokenDetails>> details(
      RedisAsyncCommands<String, String> redis, @Nullable String hash) {
    return hash == null
        ? CompletableFuture.completedStage(new Outcome.NotFound<>())
        : redis.hgetall(Keys.token(new TokenHash(hash))).thenApply(RedisTokenRegistry::details);
  }

  private static Outcome<TokenDetails> details(Map<String, String> record) {
    return outcome(TokenRecord.details(record));
  }

  private static <T> Outcome<T> outcome(Lookup<T> lookup) {
    return switch (lookup) {
      case Lookup.Found<T>(T value) -> new Outcome.Done<>(value);
      case Lookup.Absent<T> it -> new Outcome.NotFound<>();
      case Lookup.Unreadable<T>(String problem) -> new Outcome.Conflict<>("record", problem);
      case Lookup.Unavailable<T>(String cause) -> new Outcome.Unavailable<>(cause);
    };
  }

  private <T> CompletionStage<Outcome<T>> ask(
      Function<RedisAsyncCommands<String, String>, CompletionStage<Outcome<T>>> question) {
    return this.redis
        .ask(question)
        .exceptionally(failure -> new Outcome.Unavailable<>(Failures.cause(failure)));
  }
}
