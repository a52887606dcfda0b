package dev.portcullis.gateway.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Knows which node owns the records: the one difference between a lone server, Sentinel and
 * Cluster. Stages fail when it cannot be told.
 */
interface NodeLocator {

  /** The node that owns the records now. */
  CompletionStage<RedisURI> locate();

  /**
   * What speaks against reading from this node, over a connection to it; empty when nothing does.
   *
   * @param node as {@link #locate} gave it
   */
  CompletionStage<Optional<String>> objection(
      RedisURI node, RedisAsyncCommands<String, String> connection);

  /** A replica may lag, and is told of changes late: it is never read from. */
  static CompletionStage<Optional<String>> unlessMaster(
      RedisAsyncCommands<String, String> connection) {
    return connection
        .role()
        .thenApply(role -> isMaster(role) ? Optional.empty() : Optional.of("not a master"));
  }

  private static boolean isMaster(List<Object> role) {
    return !role.isEmpty() && "master".equals(role.getFirst());
  }
}
