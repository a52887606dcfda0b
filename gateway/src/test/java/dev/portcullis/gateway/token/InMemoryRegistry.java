package dev.portcullis.gateway.token;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The control plane's side of an {@link InMemoryStore}. */
final class InMemoryRegistry implements TokenRegistry {
  private final InMemoryStore store;
  private final InstantSource clock;

  InMemoryRegistry(InMemoryStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Outcome<Principal>> createPrincipal(Principal principal) {
    return answer(
        () ->
            store.principals.putIfAbsent(principal.id(), principal) == null
                ? new Outcome.Done<>(principal)
                : new Outcome.Conflict<>("id", "there is a principal with this id"));
  }

  @Override
  public CompletionStage<Outcome<Principal>> principal(String id) {
    return answer(() -> found(Optional.ofNullable(store.principals.get(id))));
  }

  @Override
  public CompletionStage<Outcome<Page<Principal>>> principals(Optional<String> cursor, int limit) {
    return answer(
        () ->
            new Outcome.Done<>(page(store.principals, cursor, limit, all -> true, Principal::id)));
  }

  @Override
  public CompletionStage<Outcome<TokenDetails>> createToken(TokenDetails token, TokenHash hash) {
    return answer(
        () -> {
          if (!store.principals.containsKey(token.token().principalId())) {
            return new Outcome.Conflict<>("principal", "there is no such principal");
          }
          if (store.idByHash.containsKey(hash.text()) || store.imported.contains(hash.text())) {
            return new Outcome.Conflict<>("secret", "a token with this secret is known already");
          }
          if (store.tokens.putIfAbsent(token.token().id(), token) != null) {
            return new Outcome.Conflict<>("id", "there is a token with this id");
          }
          store.idByHash.put(hash.text(), token.token().id());
          return new Outcome.Done<>(token);
        });
  }

  @Override
  public CompletionStage<Outcome<TokenDetails>> tokenById(String id) {
    return answer(() -> found(Optional.ofNullable(store.tokens.get(id))));
  }

  @Override
  public CompletionStage<Outcome<Page<TokenDetails>>> tokens(
      TokenFilter filter, Optional<String> cursor, int limit) {
    return answer(
        () ->
            new Outcome.Done<>(
                page(
                    store.tokens,
                    cursor,
                    limit,
                    details -> passes(filter, details),
                    details -> details.token().id())));
  }

  private boolean passes(TokenFilter filter, TokenDetails details) {
    Optional<String> organization =
        Optional.ofNullable(store.principals.get(details.token().principalId()))
            .flatMap(Principal::organization);
    return filter.principal().map(details.token().principalId()::equals).orElse(true)
        && (filter.organization().isEmpty() || filter.organization().equals(organization))
        && filter.status().map(details.token().status(clock.instant())::equals).orElse(true);
  }

  @Override
  public CompletionStage<Outcome<TokenDetails>> revoke(String id, Instant at) {
    return answer(
        () -> {
          TokenDetails before = store.tokens.get(id);
          if (before != null && before.token().revokedAt().isEmpty()) {
            store.tokens.put(
                id,
                new TokenDetails(
                    TestTokens.revoked(before.token(), at),
                    before.name(),
                    before.description(),
                    before.createdAt(),
                    before.createdBy(),
                    before.tags()));
          }
          return found(Optional.ofNullable(store.tokens.get(id)));
        });
  }

  private <T> CompletionStage<Outcome<T>> answer(Supplier<Outcome<T>> work) {
    synchronized (store) {
      return CompletableFuture.completedStage(
          store.available() ? work.get() : new Outcome.Unavailable<>(InMemoryStore.DOWN));
    }
  }

  private static <T> Outcome<T> found(Optional<T> value) {
    return value.<Outcome<T>>map(Outcome.Done::new).orElseGet(Outcome.NotFound::new);
  }

  private static <T> Page<T> page(
      SortedMap<String, T> all,
      Optional<String> cursor,
      int limit,
      Predicate<T> passes,
      Function<T, String> id) {
    SortedMap<String, T> rest = cursor.map(after -> all.tailMap(after + "\0")).orElse(all);
    List<T> items = rest.values().stream().filter(passes).limit(limit + 1L).toList();
    if (items.size() <= limit) {
      return new Page<>(items, Optional.empty());
    }
    List<T> page = items.subList(0, limit);
    return new Page<>(page, Optional.of(id.apply(page.getLast())));
  }
}
