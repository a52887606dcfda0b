package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

class UpstreamClientsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(3, NioIoHandler.newFactory());
  private final ConnectionProvider connections = ConnectionProvider.create("test", 10);
  private final DisposableServer upstream =
      HttpServer.create().host("127.0.0.1").port(0).handle((in, out) -> out.send()).bindNow(LONG);
  private final List<EventLoop> used = new CopyOnWriteArrayList<>();
  private final UpstreamClients clients =
      new UpstreamClients(
          HttpClient.create(connections)
              .remoteAddress(upstream::address)
              .doOnRequest((request, connection) -> used.add(connection.channel().eventLoop())));

  @AfterEach
  void end() {
    connections.disposeLater().block(LONG);
    upstream.disposeNow(LONG);
    loops.shutdownGracefully().awaitUninterruptibly();
  }

  @Test
  void aRequestGoesOutOnTheLoopThatItCameInOn() {
    List<EventLoop> turns =
        List.of(loops.next(), loops.next(), loops.next(), loops.next(), loops.next());
    assertThat(turns).hasSize(5);
    for (EventLoop loop : turns) {
      Mono<Integer> status = clients.of(loop).get().uri("/").response().map(r -> r.status().code());
      assertThat(status.block(LONG)).isEqualTo(200);
    }
    assertThat(used).isEqualTo(turns);
  }

  @Test
  void eachLoopHasOneClient() {
    EventLoop loop = loops.next();
    assertThat(clients.of(loop)).isSameAs(clients.of(loop)).isNotSameAs(clients.of(loops.next()));
  }
}
