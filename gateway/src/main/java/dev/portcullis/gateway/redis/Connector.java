package dev.portcullis.gateway.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Opens connections that are fit to read from: to the right node, and told of every change. */
final class Connector {
  private final RedisClient client;
  private final NodeLocator locator;
  private final Tracking tracking;
  private final StoreClock clock;
  private final Ticker ticker;

  Connector(
      RedisClient client, NodeLocator locator, Tracking tracking, StoreClock clock, Ticker ticker) {
    this.client = client;
    this.locator = locator;
    this.tracking = tracking;
    this.clock = clock;
    this.ticker = ticker;
  }

  /**
   * What speaks against going on with this connection; empty when nothing does. The store's clock
   * is read on the way.
   */
  CompletionStage<Optional<String>> objection(Live live) {
    RedisAsyncCommands<String, String> commands = live.connection().async();
    return clock
        .ask(commands)
        .thenCombine(locator.objection(live.node(), commands), (nothing, objection) -> objection);
  }

  /** Opens one, or fails; {@code onClosed} is called when it is closed by whomever. */
  CompletionStage<Live> open(Consumer<StatefulRedisConnection<String, String>> onClosed) {
    return locator
        .locate()
        .thenCompose(
            node ->
                client
                    .connectAsync(StringCodec.UTF8, node)
                    .thenCompose(connection -> prepare(connection, node, onClosed)));
  }

  private CompletionStage<Live> prepare(
      StatefulRedisConnection<String, String> connection,
      RedisURI node,
      Consumer<StatefulRedisConnection<String, String>> onClosed) {
    connection.addListener(tracking);
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> closed) {
            onClosed.accept(connection);
          }
        });
    Live live = new Live(connection, node, ticker.read());
    return connection
        .async()
        .clientTracking(Tracking.args())
        .thenCompose(tracked -> objection(live))
        .thenApply(objection -> admit(live, objection))
        .whenComplete(
            (admitted, failure) -> {
              if (failure != null) {
                Nodes.close(connection);
              }
            });
  }

  private static Live admit(Live live, Optional<String> objection) {
    objection.ifPresent(
        why -> {
          throw new Failures.NotConnected(why);
        });
    return live;
  }
}
