package dev.portcullis.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.function.Function;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import reactor.netty.NettyPipeline;
import reactor.netty.ReactorNetty;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/**
 * Sets up the server of the data plane: HTTP/1.1 only, nothing taken from forwarded headers, every
 * request guarded.
 *
 * <p>It customizes the web server's factory and is no {@code NettyServerCustomizer}, for those of
 * the parent context would apply to the management port as well.
 */
final class DataPlaneServer
    implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, Ordered {
  /** How many parts of a body, of 8 KiB at most, Reactor Netty takes ahead of a slow reader. */
  private static final String PARTS_AHEAD = "16";

  static {
    // There is no other way to say so, and it is read once.
    if (System.getProperty(ReactorNetty.REACTOR_NETTY_SEND_MAX_PREFETCH_SIZE) == null) {
      System.setProperty(ReactorNetty.REACTOR_NETTY_SEND_MAX_PREFETCH_SIZE, PARTS_AHEAD);
    }
  }

  private final ClientBounds bounds;
  private final OpenConnections connections;
  private final Function<RequestClock, Door> doors;

  DataPlaneServer(
      ClientBounds bounds, OpenConnections connections, Function<RequestClock, Door> doors) {
    this.bounds = bounds;
    this.connections = connections;
    this.doors = doors;
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public void customize(NettyReactiveWebServerFactory factory) {
    if (factory.getHttp2() != null && factory.getHttp2().isEnabled()) {
      throw new IllegalStateException(
          "the data plane speaks HTTP/1.1 only: leave server.http2.enabled off");
    }
    // On Kubernetes Spring Boot would switch it on
    factory.setUseForwardHeaders(false);
    factory.addServerCustomizers(this::customize);
  }

  private HttpServer customize(HttpServer server) {
    return server
        .protocol(HttpProtocol.HTTP11)
        .idleTimeout(bounds.idle())
        .doOnBound(bound -> bound.channel().pipeline().addFirst(connections))
        .doOnChannelInit((observer, channel, address) -> guard(channel));
  }

  private void guard(Channel channel) {
    RequestEnd end = new RequestEnd(bounds.drain());
    RequestGuard guard = new RequestGuard();
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addBefore(
        NettyPipeline.HttpCodec, "portcullis.foldedLines", new FoldedLines(end, guard));
    RequestClock clock = RequestClock.start(pipeline, bounds);
    pipeline.addAfter("portcullis.requestClock", "portcullis.requestEnd", end);
    pipeline.addAfter("portcullis.requestEnd", "portcullis.requestGuard", guard);
    pipeline.addAfter("portcullis.requestGuard", "portcullis.answerWatch", new AnswerWatch());
    pipeline.addAfter("portcullis.answerWatch", "portcullis.door", doors.apply(clock));
    pipeline.addAfter(
        NettyPipeline.HttpCodec, "portcullis.writeTimeout", new WriteTimeout(bounds.write()));
  }
}
