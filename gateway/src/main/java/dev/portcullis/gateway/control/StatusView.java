package dev.portcullis.gateway.control;

import dev.portcullis.gateway.health.Part;
import dev.portcullis.gateway.health.PolicyChanges;
import dev.portcullis.gateway.health.Standing;
import dev.portcullis.gateway.meter.Readings;
import dev.portcullis.policy.Policies;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How the gateway is, in JSON. What the operator is not told, or is not known, is {@code null}. */
record StatusView(
    String now,
    String state,
    String since,
    String version,
    String startedAt,
    List<PartView> parts,
    Optional<PoliciesView> policies,
    Optional<StoreView> store,
    Optional<List<CacheView>> caches,
    Optional<Map<String, Long>> decisions,
    Optional<TokensView> tokens,
    Optional<Long> connections) {

  /** A part, in JSON. */
  record PartView(String name, String state, String since, Optional<String> detail) {
    private static PartView of(Part part, boolean detailed) {
      return new PartView(
          part.name(),
          word(part.condition()),
          part.since().toString(),
          detailed ? Optional.of(part.detail()) : Optional.empty());
    }
  }

  /** The policies in force, in JSON. */
  record PoliciesView(
      long generation,
      Optional<String> loadedAt,
      int apis,
      int routes,
      Optional<UnsoundView> lastProblem) {

    static PoliciesView of(Policies policies, PolicyChanges.Known known) {
      return new PoliciesView(
          policies.generation(),
          known.loadedAt().map(Instant::toString),
          policies.list().size(),
          policies.list().stream().mapToInt(policy -> policy.routes().size()).sum(),
          known.unsound().map(UnsoundView::of));
    }
  }

  /**
   * A change of the policies that is not in force, in JSON.
   *
   * @param more how many problems there are beside these
   */
  record UnsoundView(String at, List<String> problems, int more) {
    private static final int MOST = 20;

    private static UnsoundView of(PolicyChanges.Unsound unsound) {
      List<String> first = unsound.problems().stream().limit(MOST).map(Object::toString).toList();
      return new UnsoundView(
          unsound.at().toString(), first, unsound.problems().size() - first.size());
    }
  }

  /** The store, in JSON. */
  record StoreView(Optional<Long> lagMillis, long unanswered) {}

  /** A cache, in JSON. */
  record CacheView(String name, long size, long hits, long misses, long evictions) {
    private static CacheView of(String name, Readings.Cache cache) {
      return new CacheView(name, cache.size(), cache.hits(), cache.misses(), cache.evictions());
    }
  }

  /** How many tokens there are, in JSON. */
  record TokensView(long active, long old, long ending) {
    private static Optional<TokensView> of(Map<String, Long> byState) {
      return byState.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new TokensView(
                  byState.getOrDefault("active", 0L),
                  byState.getOrDefault("old", 0L),
                  byState.getOrDefault("ending", 0L)));
    }
  }

  /** Without details and numbers. */
  static StatusView outline(Standing standing, String version, Instant startedAt) {
    return new StatusView(
        standing.at().toString(),
        word(standing.state()),
        standing.since().toString(),
        version,
        startedAt.toString(),
        standing.parts().stream().map(part -> PartView.of(part, false)).toList(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** All there is. */
  static StatusView whole(
      Standing standing,
      String version,
      Instant startedAt,
      PoliciesView policies,
      Readings readings) {
    return new StatusView(
        standing.at().toString(),
        word(standing.state()),
        standing.since().toString(),
        version,
        startedAt.toString(),
        standing.parts().stream().map(part -> PartView.of(part, true)).toList(),
        Optional.of(policies),
        Optional.of(store(readings)),
        Optional.of(
            readings.caches().entrySet().stream()
                .map(cache -> CacheView.of(cache.getKey(), cache.getValue()))
                .toList()),
        Optional.of(readings.decisions()),
        TokensView.of(readings.tokens()),
        Optional.of(readings.connections()));
  }

  private static StoreView store(Readings readings) {
    OptionalLong lag = readings.lagMillis();
    return new StoreView(
        lag.isPresent() ? Optional.of(lag.getAsLong()) : Optional.empty(), readings.unanswered());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
