package dev.portcullis.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.policy.Limit;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/**
 * Whose authentications failed too often of late: counts by client network, and by network and
 * token, in this gateway's memory. What is guessed at many gateways is counted by each.
 */
public final class FailureThrottle {
  /** How many networks, and tokens of them, are remembered by default. */
  public static final int DEFAULT_SIZE = 50_000;

  private final Optional<Limit> limit;
  private final TimeMeter meter;
  private final Cache<Source, Bucket> failures;

  /** Where failures come from. */
  sealed interface Source permits ClientNetwork, Unknown, Shown {}

  /** Clients whose address is unknown. */
  private record Unknown() implements Source {}

  /** One token, shown from there. */
  private record Shown(Source from, String token) implements Source {}

  private static final Source UNKNOWN = new Unknown();

  /**
   * Lets so many failures pass.
   *
   * @param limit how many are let pass, and how fast they are forgotten; empty for any number
   * @param size how many sources to remember; the least noticed are forgotten first
   */
  public FailureThrottle(Optional<Limit> limit, int size, Ticker ticker) {
    this.limit = limit;
    this.meter = new Monotonic(ticker);
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfterAccess(
                limit.map(each -> each.timeFor(each.requests())).orElse(Duration.ZERO))
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
  }

  /** How long nothing from this network is to be looked up; empty where it may be. */
  public Optional<Duration> throttledFor(Optional<ClientNetwork> network) {
    return throttledFor(source(network));
  }

  /** How long this network may not show this token; empty where it may. */
  public Optional<Duration> throttledFor(Optional<ClientNetwork> network, String tokenId) {
    return throttledFor(new Shown(source(network), tokenId));
  }

  private static Source source(Optional<ClientNetwork> network) {
    return network.isPresent() ? network.get() : UNKNOWN;
  }

  private Optional<Duration> throttledFor(Source source) {
    Bucket left = failures.getIfPresent(source);
    if (left == null) {
      return Optional.empty();
    }
    EstimationProbe probe = left.estimateAbilityToConsume(1);
    return probe.canBeConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /** Counts an authentication that failed, with a token that exists or not. */
  public void failed(Optional<ClientNetwork> network, Optional<String> tokenId) {
    if (limit.isPresent()) {
      count(source(network), limit.get());
      tokenId.ifPresent(id -> count(new Shown(source(network), id), limit.get()));
    }
  }

  private void count(Source source, Limit limit) {
    failures.get(source, fresh -> full(limit)).tryConsume(1);
  }

  private Bucket full(Limit limit) {
    return Bucket.builder()
        .addLimit(
            bandwidth ->
                bandwidth
                    .capacity(limit.burst())
                    .refillGreedy(limit.requests(), limit.window().duration()))
        .withCustomTimePrecision(meter)
        .build();
  }

  /** How many sources are remembered. */
  public long size() {
    return failures.estimatedSize();
  }
}
