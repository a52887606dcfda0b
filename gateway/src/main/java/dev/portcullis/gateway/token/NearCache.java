package dev.portcullis.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A store that remembers, within bounds, what another store said, for as long as it is told of
 * every change. It holds facts, never verdicts: whether a token has expired is not asked here.
 *
 * <p>A hit is an already completed stage. An outage is not remembered.
 */
public final class NearCache implements TokenStore, CacheCoherence {
  private static final Duration MOVES = Duration.ofMinutes(1);

  private final TokenStore store;
  private final CommonParts parts = new CommonParts();
  private final Ticker ticker;
  private final long maxStaleness;
  private final FactCache<TokenHash, Token> tokens;
  private final FactCache<String, Principal> principals;
  private volatile Epoch epoch = new Epoch(0, false);
  private final LongAdder staleServes = new LongAdder();
  private final Cache<TokenHash, Boolean> moved;
  private volatile long confirmedAt;

  /**
   * Empty, and caching nothing before {@link #connected}.
   *
   * @param store asked for what is not cached
   * @param ticker the monotonic clock of {@link #confirmed}
   */
  public NearCache(TokenStore store, CacheSettings settings, Ticker ticker) {
    this.store = store;
    this.ticker = ticker;
    this.maxStaleness = settings.maxStaleness().toNanos();
    this.confirmedAt = ticker.read();
    this.moved =
        Caffeine.newBuilder()
            .maximumSize(settings.tokens())
            .expireAfterWrite(MOVES)
            .ticker(ticker)
            .build();
    this.tokens =
        new FactCache<>(this::readToken, () -> epoch, settings.tokens(), settings, ticker);
    this.principals =
        new FactCache<>(this::readPrincipal, () -> epoch, settings.principals(), settings, ticker);
  }

  private CompletionStage<Lookup<Token>> readToken(TokenHash hash) {
    return store
        .token(hash)
        .thenApply(
            lookup ->
                lookup instanceof Lookup.Found<Token>(Token token)
                    ? new Lookup.Found<>(parts.of(token, principals.known(token.principalId())))
                    : lookup);
  }

  private CompletionStage<Lookup<Principal>> readPrincipal(String id) {
    return store
        .principal(id)
        .thenApply(
            lookup ->
                lookup instanceof Lookup.Found<Principal>(Principal principal)
                    ? new Lookup.Found<>(parts.of(principal))
                    : lookup);
  }

  @Override
  public CompletionStage<Lookup<Token>> token(TokenHash hash) {
    return lookup(tokens, hash);
  }

  @Override
  public TokenStore remembered() {
    return new Remembered(this);
  }

  /** What is cached; the rest is absent. */
  private record Remembered(NearCache cache) implements TokenStore {
    @Override
    public CompletionStage<Lookup<Token>> token(TokenHash hash) {
      return known(cache.cached(cache.tokens, hash));
    }

    @Override
    public CompletionStage<Lookup<Principal>> principal(String id) {
      return known(cache.cached(cache.principals, id));
    }

    private static <V> CompletionStage<Lookup<V>> known(
        @Nullable CompletionStage<Lookup<V>> cached) {
      return cached == null ? CompletableFuture.completedStage(new Lookup.Absent<>()) : cached;
    }
  }

  @Override
  public CompletionStage<Lookup<Principal>> principal(String id) {
    return lookup(principals, id);
  }

  private <K, V> CompletionStage<Lookup<V>> lookup(FactCache<K, V> cache, K key) {
    CompletionStage<Lookup<V>> cached = cached(cache, key);
    return cached == null ? cache.fill(key) : cached;
  }

  private <K, V> @Nullable CompletionStage<Lookup<V>> cached(FactCache<K, V> cache, K key) {
    Epoch now = epoch;
    if (ticker.read() - confirmedAt > maxStaleness) {
      return null;
    }
    CompletionStage<Lookup<V>> cached = cache.cached(key, now);
    if (cached != null && !now.listening()) {
      staleServes.increment();
    }
    return cached;
  }

  /** Moves a record once in a minute: another gateway may have reason to move it back each time. */
  @Override
  public CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
    return moved.asMap().putIfAbsent(to, true) == null
        ? store.rehash(from, to)
        : CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized void connected() {
    drop(true);
  }

  @Override
  public void confirmed(long instant) {
    confirmedAt = instant;
  }

  @Override
  public synchronized void disconnected() {
    epoch = epoch.unheard();
  }

  @Override
  public synchronized void everythingChanged() {
    drop(epoch.listening());
  }

  private void drop(boolean listening) {
    epoch = epoch.next(listening);
    tokens.clear();
    principals.clear();
  }

  @Override
  public void tokenChanged(TokenHash hash) {
    tokens.changed(hash);
  }

  @Override
  public void principalChanged(String id) {
    principals.changed(id);
  }

  /** How many answers were served while changes may have been missed. */
  public long staleServes() {
    return staleServes.sum();
  }

  /** The caches by name, for their meters. */
  public Map<String, Cache<?, ?>> caches() {
    return Map.of(
        "tokens", tokens.found(),
        "principals", principals.found(),
        "unknown-tokens", tokens.unknown(),
        "unknown-principals", principals.unknown());
  }
}
