package dev.portcullis.gateway.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.protocol.RedisCommand;
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

  private static final Duration SCRIPT_TIMEOUT = Duration.ofSeconds(2);
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
            .timeoutOptions(timeouts(settings.timeout()))
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

  /** A script makes many changes at once, and each is on disk before the answer. */
  private static TimeoutOptions timeouts(Duration one) {
    return TimeoutOptions.builder()
        .timeoutCommands(true)
        .timeoutSource(
            new TimeoutOptions.TimeoutSource() {
              @Override
              public long getTimeout(RedisCommand<?, ?, ?> command) {
                Duration timeout = command.getType() == CommandType.EVAL ? SCRIPT_TIMEOUT : one;
                return timeout.toMillis();
              }
            })
        .build();
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
