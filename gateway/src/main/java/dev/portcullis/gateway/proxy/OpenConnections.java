package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.TrustedProxies;
import dev.portcullis.gateway.limit.ClientNetwork;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The clients' connections that are open: so many in all and so many of one client's network.
 *
 * <p>It stands before the acceptor in the pipeline of the listening channel: one too many is reset
 * before there is a pipeline for it or an event loop that knows it. What is counted by network is
 * bounded by what is counted in all.
 */
@Sharable
final class OpenConnections extends ChannelInboundHandlerAdapter {
  private final TrustedProxies proxies;
  private final int most;
  private final int mostOfNetwork;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<ClientNetwork, Integer> ofNetworks = new ConcurrentHashMap<>();
  private final LongAdder overTotal = new LongAdder();
  private final LongAdder overAddress = new LongAdder();

  /** Trusted proxies bring many clients: they count in all, and not by network. */
  OpenConnections(TrustedProxies proxies, ClientBounds bounds) {
    this.proxies = proxies;
    this.most = bounds.connections();
    this.mostOfNetwork = bounds.connectionsOfNetwork();
  }

  int open() {
    return open.get();
  }

  /** How many networks are counted. */
  int networks() {
    return ofNetworks.size();
  }

  /** How many connections were refused for being too many in all. */
  long overTotal() {
    return overTotal.sum();
  }

  /** How many connections were refused for being too many of one network. */
  long overAddress() {
    return overAddress.sum();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Channel connection = (Channel) message;
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      overTotal.increment();
      reset(connection);
      return;
    }
    if (connection.remoteAddress() instanceof InetSocketAddress peer
        && !proxies.trusts(peer.getAddress())) {
      if (!admit(connection, peer.getAddress())) {
        open.decrementAndGet();
        overAddress.increment();
        reset(connection);
        return;
      }
    }
    connection.closeFuture().addListener(closed -> open.decrementAndGet());
    context.fireChannelRead(connection);
  }

  private boolean admit(Channel connection, InetAddress address) {
    ClientNetwork network = ClientNetwork.of(address);
    if (ofNetworks.merge(network, 1, Integer::sum) > mostOfNetwork) {
      leave(network);
      return false;
    }
    connection.closeFuture().addListener(closed -> leave(network));
    return true;
  }

  private void leave(ClientNetwork network) {
    ofNetworks.computeIfPresent(network, (n, count) -> count > 1 ? count - 1 : null);
  }

  /** Leaves the operating system nothing to remember, as a closing in good order would. */
  private static void reset(Channel connection) {
    connection.config().setOption(ChannelOption.SO_LINGER, 0);
    connection.unsafe().closeForcibly();
  }
}
