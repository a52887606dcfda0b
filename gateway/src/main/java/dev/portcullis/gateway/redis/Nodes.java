package dev.portcullis.gateway.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads {@code portcullis.redis.uri}: Lettuce's forms {@code redis}, {@code rediss}, {@code
 * redis-sentinel} and {@code rediss-sentinel}, and {@code redis-cluster} and {@code rediss-cluster}
 * with one or more nodes, {@code redis-cluster://[user:]password@host:port,host2:port2}.
 */
final class Nodes {
  /** How long one step of connecting to a node may take. */
  static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

  private static final String CLUSTER = "-cluster";

  private Nodes() {}

  /**
   * The locator for this URI.
   *
   * @throws IllegalArgumentException when it is none; the message does not show it, for it may have
   *     a password
   */
  static NodeLocator locator(String uri, RedisClient client) {
    int colon = uri.indexOf("://");
    String scheme = colon < 0 ? "" : uri.substring(0, colon);
    try {
      return switch (scheme) {
        case "redis-cluster", "rediss-cluster" ->
            new ClusterOwner(client, cluster(scheme, uri.substring(colon)));
        case "redis-sentinel", "rediss-sentinel" -> new SentinelMaster(client, read(uri));
        case "redis", "rediss" -> new LoneNode(read(uri));
        default -> throw new IllegalArgumentException("no known scheme");
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the Redis URI is not of a form that Portcullis knows: redis, redis-sentinel or"
              + " redis-cluster, or with TLS rediss, rediss-sentinel or rediss-cluster");
    }
  }

  private static RedisURI read(String text) {
    RedisURI uri = RedisURI.create(text);
    uri.setTimeout(CONNECT_TIMEOUT);
    uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(CONNECT_TIMEOUT));
    return uri;
  }

  private static List<RedisURI> cluster(String scheme, String rest) {
    String plain = scheme.substring(0, scheme.length() - CLUSTER.length());
    List<RedisURI> seeds = RedisClusterURIUtil.toRedisURIs(URI.create(plain + rest));
    seeds.forEach(seed -> seed.setTimeout(CONNECT_TIMEOUT));
    return seeds;
  }

  /** A node at this address, spoken to as {@code like} is: credentials, TLS, time-out. */
  static RedisURI at(String host, int port, RedisURI like) {
    RedisURI node = RedisURI.create(host, port);
    node.applyAuthentication(like);
    node.applySsl(like);
    node.setTimeout(CONNECT_TIMEOUT);
    node.setDatabase(like.getDatabase());
    return node;
  }

  /** Closes a connection, and does not wait for it. */
  static void close(StatefulConnection<?, ?> connection) {
    CompletableFuture<Void> _ = connection.closeAsync();
  }
}
