package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Page;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenDetails;
import dev.portcullis.gateway.token.TokenFilter;
import dev.portcullis.gateway.token.TokenHash;
import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads lists page by page out of the sorted sets of ids. Every page costs the same wherever it is;
 * records that are gone or cannot be read are left out.
 */
final class Listing {
  /** How many times a page's worth is read in search of what passes the filter. */
  private static final int ROUNDS = 10;

  private final InstantSource clock;

  Listing(InstantSource clock) {
    this.clock = clock;
  }

  /** One list: where its ids are, how they are read, and which of what is read belongs to it. */
  private record Source<T>(
      String index,
      Function<List<String>, CompletionStage<List<Lookup<T>>>> reader,
      Predicate<T> filter) {}

  CompletionStage<Page<Principal>> principals(
      RedisAsyncCommands<String, String> redis, Optional<String> cursor, int limit) {
    Source<Principal> source =
        new Source<>(
            Keys.PRINCIPAL_IDS,
            ids ->
                all(
                    ids,
                    id ->
                        redis
                            .hgetall(Keys.principal(id))
                            .thenApply(record -> PrincipalRecord.principal(id, record))),
            all -> true);
    return page(redis, source, cursor, limit, new ArrayList<>(), 1);
  }

  CompletionStage<Page<TokenDetails>> tokens(
      RedisAsyncCommands<String, String> redis,
      TokenFilter filter,
      Optional<String> cursor,
      int limit) {
    Source<TokenDetails> source =
        new Source<>(index(filter), ids -> tokens(redis, ids), token -> passes(filter, token));
    return matches(redis, filter)
        .thenCompose(
            matches ->
                matches
                    ? page(redis, source, cursor, limit, new ArrayList<>(), 1)
                    : CompletableFuture.completedStage(new Page<>(List.of(), Optional.empty())));
  }

  private static String index(TokenFilter filter) {
    return filter
        .principal()
        .map(Keys::tokensOfPrincipal)
        .or(() -> filter.organization().map(Keys::tokensOfOrganization))
        .orElse(Keys.TOKEN_IDS);
  }

  /** Whether the principal asked for, if any, is of the organization asked for, if any. */
  private static CompletionStage<Boolean> matches(
      RedisAsyncCommands<String, String> redis, TokenFilter filter) {
    if (filter.principal().isEmpty() || filter.organization().isEmpty()) {
      return CompletableFuture.completedStage(true);
    }
    return redis
        .hget(Keys.principal(filter.principal().get()), PrincipalRecord.ORGANIZATION)
        .thenApply(organization -> filter.organization().equals(Optional.ofNullable(organization)));
  }

  private boolean passes(TokenFilter filter, TokenDetails token) {
    return filter.status().map(token.token().status(clock.instant())::equals).orElse(true);
  }

  private static CompletionStage<List<Lookup<TokenDetails>>> tokens(
      RedisAsyncCommands<String, String> redis, List<String> ids) {
    return redis
        .hmget(Keys.TOKEN_HASHES, ids.toArray(String[]::new))
        .thenCompose(
            hashes ->
                all(
                    hashes.stream().filter(KeyValue::hasValue).map(KeyValue::getValue).toList(),
                    hash ->
                        redis
                            .hgetall(Keys.token(new TokenHash(hash)))
                            .thenApply(TokenRecord::details)));
  }

  private static <T> CompletionStage<Page<T>> page(
      RedisAsyncCommands<String, String> redis,
      Source<T> source,
      Optional<String> cursor,
      int limit,
      List<T> found,
      int round) {
    Range<String> rest =
        Range.from(
            cursor.map(Range.Boundary::excluding).orElseGet(Range.Boundary::unbounded),
            Range.Boundary.unbounded());
    int wanted = limit - found.size();
    return redis
        .zrangebylex(source.index, rest, Limit.from(wanted))
        .thenCompose(
            ids ->
                ids.isEmpty()
                    ? CompletableFuture.completedStage(new Page<>(found, Optional.empty()))
                    : source
                        .reader
                        .apply(ids)
                        .thenCompose(
                            lookups -> {
                              lookups.forEach(lookup -> keep(lookup, source.filter, found));
                              Optional<String> next =
                                  Optional.of(ids.getLast()).filter(id -> ids.size() == wanted);
                              return next.isEmpty() || found.size() == limit || round == ROUNDS
                                  ? CompletableFuture.completedStage(new Page<>(found, next))
                                  : page(redis, source, next, limit, found, round + 1);
                            }));
  }

  private static <T> void keep(Lookup<T> lookup, Predicate<T> filter, List<T> found) {
    if (lookup instanceof Lookup.Found<T>(T value) && filter.test(value)) {
      found.add(value);
    }
  }

  private static <T> CompletionStage<List<T>> all(
      List<String> names, Function<String, CompletionStage<T>> read) {
    CompletionStage<List<T>> all = CompletableFuture.completedStage(new ArrayList<>());
    for (String name : names) {
      all =
          all.thenCombine(
              read.apply(name),
              (list, each) -> {
                list.add(each);
                return list;
              });
    }
    return all;
  }
}
