package dev.portcullis.gateway.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lettuce, set up to fail at once and never to wait, reconnect or repeat by itself. */
final class Client implements AutoCloseable {
  /** How many commands may be without an answer; more are refused. */
  private static final int MAX_UNANSWERED = 10_000;

  /** For one command. Who cannot wait as long sets a bound of their own. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int TICK_MILLIS = 10;
  private static final int CLOSE_SECONDS = 2;

  // Lettuce's own timer is exact to 100 ms: too coarse for time-outs of 200.
  private final HashedWheelTimer timer =
      new HashedWheelTimer(
          new DefaultThreadFactory("redis-timer", true), TICK_MILLIS, TimeUnit.MILLISECONDS);
  private final ClientResources resources = ClientResources.builder().timer(timer).build();
  private final RedisClient lettuce = RedisClient.create(resources);

  Client(RedisSettings settings) {
    lettuce.setOptions(
        ClientOptions.builder()
            .protocolVersion(ProtocolVersion.RESP3)
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MAX_UNANSWERED)
            .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(Nodes.CONNECT_TIMEOUT)
                    .keepAlive(true)
                    .tcpNoDelay(true)
                    .build())
            .sslOptions(ssl(settings))
            .build());
  }

  private static SslOptions ssl(RedisSettings settings) {
    return settings
        .trustedCertificates()
        .map(pem -> SslOptions.builder().jdkSslProvider().trustManager(pem.toFile()).build())
        .orElseGet(SslOptions::create);
  }

  RedisClient lettuce() {
    return lettuce;
  }

  @Override
  public void close() {
    lettuce.shutdown(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    Future<Boolean> _ = resources.shutdown(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    timer.stop();
  }
}
