package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.Page;
import dev.portcullis.gateway.registry.TokenFilter;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

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

  /**
   * One list.
   *
   * @param index the sorted set of its members
   * @param end the first member that is none of it any more
   * @param reader reads the records that members stand for
   * @param filter which of what is read belongs to it
   */
  private record Source<T>(
      String index,
      Range.Boundary<String> end,
      Function<List<String>, CompletionStage<List<Lookup<T>>>> reader,
      Predicate<T> filter) {}

  CompletionStage<Page<Principal>> principals(
      RedisAsyncCommands<String, String> redis,
      Optional<String> organization,
      Optional<String> cursor,
      int limit) {
    Source<Principal> source =
        new Source<>(
            organization.map(Keys::principalsOfOrganization).orElse(Keys.PRINCIPAL_IDS),
            Range.Boundary.unbounded(),
            ids ->
                all(
                    ids,
                    id ->
                        redis
                            .hgetall(Keys.principal(id))
                            .thenApply(record -> PrincipalRecord.principal(id, record))),
            principal -> organization.isEmpty() || organization.equals(principal.organization()));
    return page(redis, source, cursor, limit, new ArrayList<>(), 1);
  }

  CompletionStage<Page<KeptToken>> tokens(
      RedisAsyncCommands<String, String> redis,
      TokenFilter filter,
      Optional<String> cursor,
      int limit) {
    return page(redis, source(redis, filter), cursor, limit, new ArrayList<>(), 1);
  }

  /** The shortest index that has all that pass the filter. */
  private Source<KeptToken> source(RedisAsyncCommands<String, String> redis, TokenFilter filter) {
    Predicate<KeptToken> passes = token -> filter.passes(token.details(), clock.instant());
    Range.Boundary<String> none = Range.Boundary.unbounded();
    if (filter.principal().isPresent()) {
      String index = Keys.tokensOfPrincipal(filter.principal().get());
      return new Source<>(index, none, ids -> KeptTokens.byIds(redis, ids), passes);
    }
    // Not the index of good tokens: its members, which cursors are, are other organizations' too.
    if (filter.organization().isPresent()) {
      String index = Keys.tokensOfOrganization(filter.organization().get());
      return new Source<>(index, none, ids -> KeptTokens.byIds(redis, ids), passes);
    }
    if (filter.endsBefore().isPresent()) {
      return live(redis, Keys.LIVE_BY_END, LiveIndex::idOfEnd, filter.endsBefore().get(), passes);
    }
    if (filter.createdUntil().isPresent()) {
      return live(
          redis,
          Keys.LIVE_BY_CREATION,
          LiveIndex::idOfCreation,
          filter.createdUntil().get().plusMillis(1),
          passes);
    }
    return new Source<>(Keys.TOKEN_IDS, none, ids -> KeptTokens.byIds(redis, ids), passes);
  }

  private static Source<KeptToken> live(
      RedisAsyncCommands<String, String> redis,
      String index,
      UnaryOperator<String> id,
      Instant end,
      Predicate<KeptToken> passes) {
    return new Source<>(
        index,
        Range.Boundary.excluding(LiveIndex.instant(end)),
        members -> KeptTokens.byIds(redis, members.stream().map(id).toList()),
        passes);
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
            cursor.map(Range.Boundary::excluding).orElseGet(Range.Boundary::unbounded), source.end);
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

  /** What is read of each, in order. */
  static <N, T> CompletionStage<List<T>> all(List<N> names, Function<N, CompletionStage<T>> read) {
    CompletionStage<List<T>> all = CompletableFuture.completedStage(new ArrayList<>());
    for (N name : names) {
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
