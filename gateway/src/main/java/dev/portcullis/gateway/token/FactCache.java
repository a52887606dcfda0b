package dev.portcullis.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the store said of one sort of record, and the reads still under way, one a key.
 *
 * <p>An entry belongs to the {@link Epoch} in which its read began, and is served in no other. That
 * makes dropping everything one assignment, with no race against a read on its way.
 */
final class FactCache<K, V> {
  private record Entry<V>(Epoch epoch, CompletionStage<Lookup<V>> answer) {}

  /** A read under way. Compared by identity. */
  private static final class Fill<V> {
    final CompletableFuture<Lookup<V>> answer = new CompletableFuture<>();
    // What waits must not be able to cancel or complete what others wait for.
    final CompletionStage<Lookup<V>> shared = answer.minimalCompletionStage();
  }

  private final Function<K, CompletionStage<Lookup<V>>> read;
  private final Supplier<Epoch> epoch;
  private final ConcurrentMap<K, Fill<V>> fills = new ConcurrentHashMap<>();
  private final Cache<K, Entry<V>> found;
  private final Cache<K, Entry<V>> unknown;

  /**
   * An empty one.
   *
   * @param read asks the store
   * @param epoch tells the current epoch
   * @param size how many records it keeps
   * @param settings the other bounds
   */
  FactCache(
      Function<K, CompletionStage<Lookup<V>>> read,
      Supplier<Epoch> epoch,
      int size,
      CacheSettings settings,
      Ticker ticker) {
    this.read = read;
    this.epoch = epoch;
    this.found = Caffeine.newBuilder().maximumSize(size).recordStats().build();
    this.unknown =
        Caffeine.newBuilder()
            .maximumSize(settings.unknown())
            .expireAfterWrite(settings.unknownFor())
            .ticker(ticker)
            .recordStats()
            .build();
  }

  /** What is cached of this epoch, as a completed stage; null where nothing is. */
  @Nullable CompletionStage<Lookup<V>> cached(K key, Epoch epoch) {
    Entry<V> entry = found.getIfPresent(key);
    if (entry == null || entry.epoch.number() != epoch.number()) {
      entry = unknown.getIfPresent(key);
    }
    return entry == null || entry.epoch.number() != epoch.number() ? null : entry.answer;
  }

  /** The key that is kept and equals this one; this one where none is. Counts as no look-up. */
  K known(K key) {
    Policy.CacheEntry<K, Entry<V>> entry = found.policy().getEntryIfPresentQuietly(key);
    return entry == null ? key : entry.getKey();
  }

  /** Joins the read of this key that is under way, or begins one. */
  CompletionStage<Lookup<V>> fill(K key) {
    Fill<V> mine = new Fill<>();
    Fill<V> other = fills.putIfAbsent(key, mine);
    if (other != null) {
      return other.shared;
    }
    Epoch begun = epoch.get();
    read.apply(key)
        .exceptionally(e -> new Lookup.Unavailable<>(e.getClass().getSimpleName()))
        .thenAccept(
            lookup -> {
              keep(key, mine, lookup, begun);
              mine.answer.complete(lookup);
            });
    return mine.shared;
  }

  private void keep(K key, Fill<V> mine, Lookup<V> lookup, Epoch begun) {
    // One step for this key, as changed() is: a change is told either before it, and then the fill
    // is no longer there, or after it, and then it drops the entry.
    fills.computeIfPresent(
        key,
        (same, fill) -> {
          if (fill != mine) {
            return fill;
          }
          if (begun.listening() && begun.equals(epoch.get())) {
            put(key, lookup, new Entry<>(begun, CompletableFuture.completedStage(lookup)));
          }
          return null;
        });
  }

  private void put(K key, Lookup<V> lookup, Entry<V> entry) {
    switch (lookup) {
      case Lookup.Found<V> it -> found.put(key, entry);
      case Lookup.Absent<V> it -> unknown.put(key, entry);
      case Lookup.Unreadable<V> it -> unknown.put(key, entry);
      case Lookup.Unavailable<V> it -> {}
    }
  }

  /** Drops what is known of this key, and has the read under way forgotten when it ends. */
  void changed(K key) {
    fills.compute(
        key,
        (same, fill) -> {
          found.invalidate(key);
          unknown.invalidate(key);
          return null;
        });
  }

  /** Frees the memory of entries that are of no epoch any more, and detaches reads under way. */
  void clear() {
    fills.clear();
    found.invalidateAll();
    unknown.invalidateAll();
  }

  Cache<?, ?> found() {
    return found;
  }

  Cache<?, ?> unknown() {
    return unknown;
  }
}
