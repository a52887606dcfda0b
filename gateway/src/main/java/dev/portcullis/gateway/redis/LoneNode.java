package dev.portcullis.gateway.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One server, at an address that does not change. */
final class LoneNode implements NodeLocator {
  private final RedisURI node;

  LoneNode(RedisURI node) {
    this.node = node;
  }

  @Override
  public CompletionStage<RedisURI> locate() {
    return CompletableFuture.completedStage(node);
  }

  @Override
  public CompletionStage<Optional<String>> objection(
      RedisURI node, RedisAsyncCommands<String, String> connection) {
    return NodeLocator.unlessMaster(connection);
  }
}
