package dev.portcullis.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Connections that never send a whole request. One that is closed is replaced by another. */
final class Crowd implements Attack.Running {
  private static final Executor THREADS = command -> Thread.ofPlatform().daemon().start(command);
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final String HEAD = "GET / HTTP/1.1\r\nHost: load\r\nX-Slow: ";

  private final Plan plan;
  private final List<SocketChannel> open = new ArrayList<>();
  private final CompletableFuture<Void> ended;
  private int opened;
  private int closed;
  private volatile boolean stopped;

  private Crowd(Plan plan) {
    this.plan = plan;
    this.ended = CompletableFuture.runAsync(this::run, THREADS);
  }

  /**
   * How many, and of what kind.
   *
   * @param from the loopback addresses to connect from
   * @param size connections of each address
   * @param trickling whether each sends an octet of a head a second; otherwise nothing
   */
  record Plan(List<InetAddress> from, URI to, int size, boolean trickling) {}

  /** Starts at once. */
  static Crowd start(Plan plan) {
    return new Crowd(plan);
  }

  private void run() {
    try {
      for (int turn = 0; !stopped; turn++) {
        for (InetAddress from : plan.from) {
          fill(from);
        }
        send((byte) HEAD.charAt(Math.min(turn, HEAD.length() - 1)));
        long end = System.nanoTime() + BETWEEN.toNanos();
        while (!stopped && System.nanoTime() < end) {
          Bench.pass(TICK);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the crowd cannot go on", e);
    }
  }

  private void fill(InetAddress from) throws IOException {
    long there = open.stream().filter(channel -> isFrom(from, channel)).count();
    for (; there < plan.size && !stopped; there++) {
      SocketChannel channel = SocketChannel.open().bind(new InetSocketAddress(from, 0));
      opened++;
      try {
        channel.connect(new InetSocketAddress(plan.to.getHost(), plan.to.getPort()));
        channel.configureBlocking(false);
        open.add(channel);
      } catch (IOException refused) {
        closed++;
        close(channel);
      }
    }
  }

  private static boolean isFrom(InetAddress from, SocketChannel channel) {
    return channel.socket().getLocalAddress().equals(from);
  }

  private void send(byte octet) {
    ByteBuffer answer = ByteBuffer.allocate(1 << 12);
    for (SocketChannel channel : List.copyOf(open)) {
      if (!lives(channel, octet, answer.clear())) {
        closed++;
        open.remove(channel);
        close(channel);
      }
    }
  }

  private boolean lives(SocketChannel channel, byte octet, ByteBuffer answer) {
    try {
      if (channel.read(answer) < 0) {
        return false;
      }
      if (plan.trickling) {
        channel.write(ByteBuffer.wrap(new byte[] {octet}));
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Attack.Outcome end() {
    stopped = true;
    ended.join();
    int held = open.size();
    open.forEach(Crowd::close);
    return new Attack.Outcome(opened, closed + " closed by the gateway, " + held + " open");
  }
}
