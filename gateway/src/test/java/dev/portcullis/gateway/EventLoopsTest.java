package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.resolver.AddressResolverGroup;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.TransportConfig;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventLoopsTest {
  private final Sinks.Empty<Void> connectionsEnd = Sinks.empty();
  private final CountDownLatch ended = new CountDownLatch(1);

  @AfterEach
  void release() {
    connectionsEnd.tryEmitEmpty();
  }

  @Test
  void areNotWaitedForWithoutABound() throws InterruptedException {
    ReactorResourceFactory loops = loops(connectionsEnd.asMono());
    loops.stop(ended::countDown);
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    loops.destroy();
  }

  @Test
  void areWaitedForWhereTheyEnd() throws InterruptedException {
    ReactorResourceFactory loops = loops(Mono.empty());
    loops.stop(ended::countDown);
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(loops.isRunning()).isFalse();
  }

  @Test
  void endWhereNothingStoppedThemBefore() {
    ReactorResourceFactory loops = loops(Mono.empty());
    loops.destroy();
    assertThat(loops.isRunning()).isFalse();
  }

  private static ReactorResourceFactory loops(Mono<Void> connectionsEnd) {
    ReactorResourceFactory loops = new EventLoops(Duration.ofMillis(500));
    loops.setUseGlobalResources(false);
    loops.setShutdownQuietPeriod(Duration.ZERO);
    loops.setLoopResourcesSupplier(() -> LoopResources.create("test", 1, true));
    loops.setConnectionProviderSupplier(() -> new Connections(connectionsEnd));
    loops.start();
    return loops;
  }

  /** Connections whose end the test decides. */
  private record Connections(Mono<Void> end) implements ConnectionProvider {
    @Override
    public Mono<? extends Connection> acquire(
        TransportConfig config,
        ConnectionObserver observer,
        @Nullable Supplier<? extends SocketAddress> remote,
        @Nullable AddressResolverGroup<?> resolver) {
      return Mono.never();
    }

    @Override
    public Mono<Void> disposeLater() {
      return end;
    }
  }
}
