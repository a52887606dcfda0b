package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.AuditChain;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.AuditFilter;
import dev.portcullis.gateway.audit.Link;
import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.registry.Commit.Obstacle;
import dev.portcullis.gateway.token.LastUse;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStatus;
import dev.portcullis.gateway.token.Use;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The control plane's side of an {@link InMemoryStore}. */
final class InMemoryRegistry implements TokenRegistry, AuditTrail {
  private final AuditChain chain = new AuditChain(TestTokens.ring());
  private final InMemoryStore store;
  private final InstantSource clock;

  InMemoryRegistry(InMemoryStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Outcome<Principal>> principal(String id) {
    return answer(() -> found(store.principals.get(id)));
  }

  @Override
  public CompletionStage<Outcome<Page<Principal>>> principals(
      Optional<String> organization, Optional<String> cursor, int limit) {
    return answer(
        () ->
            new Outcome.Done<>(
                page(
                    store.principals,
                    cursor,
                    limit,
                    it -> organization.isEmpty() || organization.equals(it.organization()),
                    Principal::id)));
  }

  @Override
  public CompletionStage<Outcome<KeptToken>> token(String id) {
    return answer(() -> store.tokens.containsKey(id) ? new Outcome.Done<>(kept(id)) : found(null));
  }

  private KeptToken kept(String id) {
    TokenHash hash =
        store.idByHash.entrySet().stream()
            .filter(entry -> entry.getValue().equals(id))
            .map(entry -> new TokenHash(entry.getKey()))
            .findFirst()
            .orElseThrow();
    return new KeptToken(
        Objects.requireNonNull(store.tokens.get(id)),
        hash,
        Optional.ofNullable(store.lastUses.get(id)));
  }

  @Override
  public CompletionStage<Outcome<KeptToken>> tokenByHash(List<TokenHash> hashes) {
    return answer(
        () ->
            hashes.stream()
                .map(this::kept)
                .flatMap(Optional::stream)
                .findFirst()
                .<Outcome<KeptToken>>map(Outcome.Done::new)
                .orElseGet(Outcome.NotFound::new));
  }

  private Optional<KeptToken> kept(TokenHash hash) {
    TokenDetails session = store.sessions.get(hash.text());
    return session != null
        ? Optional.of(new KeptToken(session, hash, Optional.empty()))
        : Optional.ofNullable(store.idByHash.get(hash.text())).map(this::kept);
  }

  @Override
  public CompletionStage<Outcome<Page<KeptToken>>> tokens(
      TokenFilter filter, Optional<String> cursor, int limit) {
    return answer(
        () -> {
          Page<TokenDetails> page =
              page(
                  store.tokens,
                  cursor,
                  limit,
                  details -> filter.passes(details, clock.instant()),
                  TokenDetails::id);
          return new Outcome.Done<>(
              new Page<>(page.items().stream().map(it -> kept(it.id())).toList(), page.next()));
        });
  }

  @Override
  public CompletionStage<Outcome<Long>> countTokens(String principal) {
    return answer(() -> new Outcome.Done<>(count(principal)));
  }

  private long count(String principal) {
    return store.tokens.values().stream()
        .filter(it -> it.token().principalId().equals(principal))
        .count();
  }

  @Override
  public CompletionStage<Outcome<Receipt>> receipt(String key) {
    return answer(() -> found(store.receipts.get(key)));
  }

  @Override
  public CompletionStage<Outcome<List<String>>> deletions(Instant begunUntil) {
    return answer(
        () ->
            new Outcome.Done<>(
                store.deletions.entrySet().stream()
                    .filter(begun -> !begun.getValue().isAfter(begunUntil))
                    .map(Map.Entry::getKey)
                    .toList()));
  }

  @Override
  public CompletionStage<Outcome<Void>> used(Collection<Use> uses) {
    for (Use use : uses) {
      LastUse last = store.lastUses.get(use.tokenId());
      if (last == null
          || Duration.between(last.at(), use.at()).compareTo(Duration.ofMinutes(1)) >= 0) {
        store.lastUses.put(use.tokenId(), new LastUse(use.at(), use.from()));
      }
    }
    return CompletableFuture.completedStage(new Outcome.NotFound<>());
  }

  @Override
  public CompletionStage<Outcome<Census>> census(
      Instant now, List<Instant> createdUntil, List<Instant> endsBefore) {
    return answer(
        () -> {
          List<TokenDetails> active =
              store.tokens.values().stream()
                  .filter(it -> it.token().status(now) == TokenStatus.ACTIVE)
                  .toList();
          return new Outcome.Done<>(
              new Census(
                  active.size(),
                  createdUntil.stream()
                      .map(until -> count(active, it -> !it.createdAt().isAfter(until)))
                      .toList(),
                  endsBefore.stream()
                      .map(
                          end ->
                              count(
                                  active,
                                  it -> it.token().expiresAt().filter(end::isAfter).isPresent()))
                      .toList()));
        });
  }

  private static long count(List<TokenDetails> tokens, Predicate<TokenDetails> those) {
    return tokens.stream().filter(those).count();
  }

  @Override
  public CompletionStage<Commit> commit(Change change) {
    synchronized (store) {
      if (!store.available()) {
        return CompletableFuture.completedStage(new Commit.Unavailable(InMemoryStore.DOWN));
      }
      for (Write write : change.writes()) {
        Optional<Obstacle> obstacle = obstacle(write);
        if (obstacle.isPresent()) {
          return CompletableFuture.completedStage(new Commit.Obstructed(obstacle.get()));
        }
      }
      change.writes().forEach(this::make);
      for (AuditEntry entry : change.entries()) {
        store.trail.add(chain.seal(end(), entry));
      }
      return CompletableFuture.completedStage(new Commit.Done());
    }
  }

  private Link end() {
    return store.trail.isEmpty() ? Link.START : store.trail.getLast().link();
  }

  private Optional<Obstacle> obstacle(Write write) {
    return switch (write) {
      case Write.AddPrincipal(Principal principal) ->
          unless(!store.principals.containsKey(principal.id()), Obstacle.PRINCIPAL_EXISTS);
      case Write.ReplacePrincipal(Principal before, Principal _) -> changed(before);
      case Write.BeginDeletion(Principal before, Instant _) -> changed(before);
      case Write.RemovePrincipal(Principal before, long tokens) ->
          count(before.id()) == tokens ? changed(before) : Optional.of(Obstacle.PRINCIPAL_CHANGED);
      case Write.AddToken(TokenDetails token, List<TokenHash> hashes, Principal owner) -> {
        if (changed(owner).isPresent()) {
          yield changed(owner);
        }
        if (hashes.stream().anyMatch(hash -> store.idByHash.containsKey(hash.text()))) {
          yield Optional.of(Obstacle.SECRET_KNOWN);
        }
        yield unless(!store.tokens.containsKey(token.id()), Obstacle.TOKEN_EXISTS);
      }
      case Write.ReplaceToken(KeptToken before, TokenDetails _) -> changed(before);
      case Write.AddSession(TokenDetails _, TokenHash hash, KeptToken parent, Principal owner) -> {
        if (changed(owner).isPresent()) {
          yield changed(owner);
        }
        yield changed(parent).isPresent()
            ? changed(parent)
            : unless(!store.sessions.containsKey(hash.text()), Obstacle.SECRET_KNOWN);
      }
      case Write.ReplaceSession(KeptToken before, TokenDetails _) ->
          unless(
              before.details().equals(store.sessions.get(before.hash().text())),
              Obstacle.TOKEN_CHANGED);
      case Write.Remember(IdempotentRequest request, Receipt _) ->
          unless(!store.receipts.containsKey(request.key()), Obstacle.REQUEST_KNOWN);
    };
  }

  private Optional<Obstacle> changed(KeptToken before) {
    return unless(
        before.details().equals(store.tokens.get(before.details().id()))
            && before.details().id().equals(store.idByHash.get(before.hash().text())),
        Obstacle.TOKEN_CHANGED);
  }

  private Optional<Obstacle> changed(Principal before) {
    return unless(before.equals(store.principals.get(before.id())), Obstacle.PRINCIPAL_CHANGED);
  }

  private static Optional<Obstacle> unless(boolean holds, Obstacle obstacle) {
    return holds ? Optional.empty() : Optional.of(obstacle);
  }

  private void make(Write write) {
    switch (write) {
      case Write.AddPrincipal(Principal principal) ->
          store.principals.put(principal.id(), principal);
      case Write.ReplacePrincipal(Principal _, Principal after) -> {
        store.principals.put(after.id(), after);
        if (after.enabled()) {
          store.deletions.remove(after.id());
        }
      }
      case Write.BeginDeletion(Principal before, Instant at) -> {
        store.principals.put(before.id(), before.enabled(false));
        store.deletions.put(before.id(), at);
      }
      case Write.RemovePrincipal(Principal before, long _) -> {
        store.principals.remove(before.id());
        store.deletions.remove(before.id());
      }
      case Write.AddToken(TokenDetails token, List<TokenHash> hashes, Principal _) -> {
        store.tokens.put(token.id(), token);
        store.idByHash.put(hashes.getFirst().text(), token.id());
      }
      case Write.ReplaceToken(KeptToken _, TokenDetails after) ->
          store.tokens.put(after.id(), after);
      case Write.AddSession(TokenDetails session, TokenHash hash, KeptToken _, Principal _) ->
          store.sessions.put(hash.text(), session);
      case Write.ReplaceSession(KeptToken before, TokenDetails after) ->
          store.sessions.put(before.hash().text(), after);
      case Write.Remember(IdempotentRequest request, Receipt receipt) ->
          store.receipts.put(request.key(), receipt);
    }
  }

  @Override
  public CompletionStage<Outcome<Page<SealedEntry>>> entries(
      AuditFilter filter, Optional<String> cursor, int limit) {
    return answer(
        () -> {
          SortedMap<String, SealedEntry> all = new TreeMap<>();
          store.trail.forEach(it -> all.put("%019d".formatted(it.link().number()), it));
          Optional<String> after = cursor.map(id -> "%019d".formatted(new Link(id, "").number()));
          return new Outcome.Done<>(
              page(all, after, limit, it -> filter.passes(it.entry()), it -> it.link().id()));
        });
  }

  @Override
  public CompletionStage<Outcome<String>> last() {
    return answer(() -> new Outcome.Done<>(end().id()));
  }

  @Override
  public CompletionStage<Outcome<Verification>> verify(Optional<String> cursor, int limit) {
    return answer(
        () -> {
          Link before = Link.START;
          long seen = 0;
          List<Flaw> flaws = new ArrayList<>();
          for (SealedEntry entry : store.trail) {
            if (cursor.isEmpty() || entry.link().number() > new Link(cursor.get(), "").number()) {
              if (seen == limit) {
                return verification(seen, before, Optional.of(before.id()), flaws);
              }
              seen++;
              chain
                  .flaw(before, entry.link().id(), entry.fields())
                  .ifPresent(flaw -> flaws.add(new Flaw(entry.link().id(), flaw)));
            }
            before = entry.link();
          }
          return verification(seen, before, Optional.empty(), flaws);
        });
  }

  private Outcome<Verification> verification(
      long seen, Link last, Optional<String> next, List<Flaw> flaws) {
    return new Outcome.Done<>(new Verification(seen, last.id(), next, store.trail.size(), flaws));
  }

  @Override
  public CompletionStage<Outcome<Long>> trim(Instant before) {
    return answer(() -> new Outcome.Done<>(0L));
  }

  private <T> CompletionStage<Outcome<T>> answer(Supplier<Outcome<T>> work) {
    synchronized (store) {
      return CompletableFuture.completedStage(
          store.available() ? work.get() : new Outcome.Unavailable<>(InMemoryStore.DOWN));
    }
  }

  private static <T> Outcome<T> found(@Nullable T value) {
    return value == null ? new Outcome.NotFound<>() : new Outcome.Done<>(value);
  }

  private static <T> Page<T> page(
      Map<String, T> all,
      Optional<String> cursor,
      int limit,
      Predicate<T> passes,
      Function<T, String> id) {
    SortedMap<String, T> sorted = new TreeMap<>(all);
    SortedMap<String, T> rest = cursor.map(after -> sorted.tailMap(after + "\0")).orElse(sorted);
    List<T> items = rest.values().stream().filter(passes).limit(limit + 1L).toList();
    if (items.size() <= limit) {
      return new Page<>(items, Optional.empty());
    }
    List<T> page = items.subList(0, limit);
    return new Page<>(page, Optional.of(id.apply(page.getLast())));
  }
}
