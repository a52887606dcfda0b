package dev.portcullis.gateway.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The master that the sentinels name. They are asked again and again, for a master that was cut off
 * from them goes on taking itself for one.
 */
final class SentinelMaster implements NodeLocator {
  private final RedisClient client;
  private final RedisURI uri;
  private CompletableFuture<StatefulRedisSentinelConnection<String, String>> sentinel =
      CompletableFuture.failedFuture(new Failures.NotConnected("no sentinel asked yet"));

  SentinelMaster(RedisClient client, RedisURI uri) {
    this.client = client;
    this.uri = uri;
  }

  @Override
  public CompletionStage<RedisURI> locate() {
    CompletableFuture<StatefulRedisSentinelConnection<String, String>> asked = sentinel();
    return asked
        .thenCompose(it -> it.async().getMasterAddrByName(uri.getSentinelMasterId()))
        .whenComplete(
            (address, failure) -> {
              if (failure != null) {
                CompletableFuture<Void> _ = asked.thenAccept(Nodes::close);
              }
            })
        .thenApply(this::node);
  }

  @Override
  public CompletionStage<Optional<String>> objection(
      RedisURI node, RedisAsyncCommands<String, String> connection) {
    // Sentinels that cannot be asked are no reason to give up a master that answers.
    CompletionStage<RedisURI> named = locate().exceptionally(unknown -> node);
    return NodeLocator.unlessMaster(connection)
        .thenCombine(
            named,
            (objection, master) ->
                objection.or(
                    () ->
                        isSame(master, node)
                            ? Optional.empty()
                            : Optional.of("the sentinels name another master")));
  }

  private synchronized CompletableFuture<StatefulRedisSentinelConnection<String, String>>
      sentinel() {
    boolean isOpen =
        !sentinel.isDone()
            || (!sentinel.isCompletedExceptionally() && sentinel.getNow(null).isOpen());
    if (!isOpen) {
      sentinel = client.connectSentinelAsync(StringCodec.UTF8, uri);
    }
    return sentinel;
  }

  private RedisURI node(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress master) {
      return Nodes.at(master.getHostString(), master.getPort(), uri);
    }
    throw new Failures.NotConnected("the sentinels know no such master");
  }

  private static boolean isSame(RedisURI one, RedisURI other) {
    return one.getHost().equals(other.getHost()) && one.getPort() == other.getPort();
  }
}
