package dev.portcullis.gateway.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A wire between a client and a server on loopback, on which the test can hold up the answers. */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final Object gate = new Object();
  private boolean held;
  private boolean severed;
  private boolean closed;

  /** Leads to this port. */
  public TcpProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From here on questions pass and answers wait. */
  public void holdAnswers() {
    set(true, false);
  }

  /** From here on nothing passes either way, on open connections and new ones; none is closed. */
  public void swallow() {
    set(true, true);
  }

  /** Everything passes, what waited first; what was swallowed is lost with its connection. */
  public void release() {
    if (severed) {
      closeAll();
    }
    set(false, false);
  }

  /** Closes every open connection. */
  public void closeAll() {
    for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
      close(socket);
    }
  }

  private void set(boolean nowHeld, boolean nowSevered) {
    synchronized (gate) {
      held = nowHeld;
      severed = nowSevered;
      gate.notifyAll();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        run(() -> copy(client, server, false));
        run(() -> copy(server, client, true));
      } catch (IOException e) {
        // the listener was closed, or the server is not there: the client sees its end
        closeAll();
      }
    }
  }

  private void copy(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[65536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        await(answers);
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // either side went away, and so does the other
    }
  }

  private void await(boolean answers) throws IOException {
    synchronized (gate) {
      while (!closed && (severed || (held && answers))) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
  }

  private static void run(Runnable work) {
    Thread.ofVirtual().start(work);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed
    }
  }

  @Override
  public void close() {
    synchronized (gate) {
      closed = true;
      gate.notifyAll();
    }
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    closeAll();
  }
}
