package dev.portcullis.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP relay before a server that can make its answers late, or hold everything back while the
 * connections stay open, as a network does that drops packets: what was held back arrives when it
 * is whole again.
 */
final class DelayingProxy implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private final ServerSocket listener;
  private final int serverPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean blackhole;

  private DelayingProxy(ServerSocket listener, int serverPort) {
    this.listener = listener;
    this.serverPort = serverPort;
  }

  static DelayingProxy before(int serverPort) throws IOException {
    DelayingProxy proxy =
        new DelayingProxy(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), serverPort);
    Thread.startVirtualThread(proxy::accept);
    return proxy;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on each answer of the server arrives at least this much later. */
  void delay(Duration delay) {
    this.delay = delay;
  }

  /** From now on, or until now, nothing passes. */
  void blackhole(boolean on) {
    blackhole = on;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        Thread.startVirtualThread(() -> connect(client));
      }
    } catch (IOException closed) {
      sockets.forEach(DelayingProxy::close);
    }
  }

  private void connect(Socket client) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      sockets.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.startVirtualThread(() -> copy(client, server, false));
      copy(server, client, true);
    } catch (IOException refused) {
      close(client);
    }
  }

  private void copy(Socket from, Socket to, boolean delayed) {
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (delayed) {
          Bench.pass(delay);
        }
        while (blackhole && !listener.isClosed()) {
          Bench.pass(BETWEEN_LOOKS);
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException broken) {
      // the other direction learns of it by the close below
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // nothing is left to close
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    sockets.forEach(DelayingProxy::close);
  }
}
