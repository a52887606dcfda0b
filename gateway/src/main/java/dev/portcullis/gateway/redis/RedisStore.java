package dev.portcullis.gateway.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.audit.AuditChain;
import dev.portcullis.gateway.health.Watch;
import dev.portcullis.gateway.limit.BucketStore;
import dev.portcullis.gateway.meter.StoreMeters;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.TokenRegistry;
import dev.portcullis.gateway.token.NearCache;
import dev.portcullis.gateway.token.PepperRing;
import java.time.InstantSource;
import java.util.List;

/** The store in Redis with all its parts: connection, near cache, registry, counts. */
public final class RedisStore implements AutoCloseable {
  private final Client client;
  private final RedisConnection redis;
  private final ConnectionKeeper keeper;
  private final NearCache cache;
  private final Journal journal;
  private final TokenRegistry registry;
  private final AuditTrail trail;
  private final BucketStore buckets;
  private final StoreWatch watch;

  /**
   * Connects in the background; a Redis that is not there is waited for.
   *
   * @param uri of Redis, as in {@link RedisSettings#uri}
   * @param settings the rest
   * @param peppers under which the audit trail is sealed
   * @throws IllegalArgumentException when the URI is none
   */
  public RedisStore(
      String uri,
      RedisSettings settings,
      PepperRing peppers,
      InstantSource clock,
      StoreMeters meters) {
    Ticker ticker = Ticker.systemTicker();
    redis = new RedisConnection(clock);
    client = new Client(settings);
    NodeLocator locator = locator(uri, client);
    cache =
        new NearCache(
            new RedisTokenStore(redis, settings.timeout(), meters, ticker),
            settings.cache(),
            ticker);
    AuditChain chain = new AuditChain(peppers);
    journal = new Journal(redis, chain);
    registry = new RedisTokenRegistry(redis, journal, cache, clock);
    trail = new RedisAuditTrail(redis, journal, chain, clock);
    StoreClock time = new StoreClock(clock, ticker);
    buckets = new RedisBuckets(redis, time, settings.timeout(), meters, ticker);
    Connector connector =
        new Connector(client.lettuce(), locator, new Tracking(cache), time, ticker);
    keeper = new ConnectionKeeper(connector, redis, settings.timeout(), cache, ticker, meters);
    watch =
        new StoreWatch(
            redis,
            keeper::sinceConfirmed,
            keeper.silence(),
            settings.cache().maxStaleness(),
            clock);
    show(meters);
    keeper.start();
  }

  private static NodeLocator locator(String uri, Client client) {
    try {
      return Nodes.locator(uri, client.lettuce());
    } catch (IllegalArgumentException e) {
      client.close();
      throw e;
    }
  }

  private void show(StoreMeters meters) {
    meters.channel(watch::isUp, watch::isTelling, keeper::sinceConfirmed);
    meters.staleServes(cache::staleServes);
    cache
        .caches()
        .forEach(
            (name, each) ->
                meters.cache(
                    name,
                    each::estimatedSize,
                    () -> each.stats().hitCount(),
                    () -> each.stats().missCount(),
                    () -> each.stats().evictionCount()));
  }

  /** What the chain reads: cached as long as every change is told. */
  public NearCache tokens() {
    return cache;
  }

  /** What the control plane reads and writes: never cached. */
  public TokenRegistry registry() {
    return registry;
  }

  /** What was changed, by whom. */
  public AuditTrail trail() {
    return trail;
  }

  /** What all gateways count. */
  public BucketStore buckets() {
    return buckets;
  }

  /** Secrets for programs, encrypted under these keys. */
  RedisParameters parameters(ParameterKeys keys) {
    return new RedisParameters(redis, keys);
  }

  /** How the connection to Redis is, and how the channel is on which changes are told. */
  public List<Watch> parts() {
    return watch.parts();
  }

  /** Whether Redis is connected. */
  boolean isUp() {
    return watch.isUp();
  }

  @Override
  public void close() {
    journal.close();
    keeper.close();
    client.close();
  }
}
