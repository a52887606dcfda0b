package dev.portcullis.gateway.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server that the gateway starts for itself and ends with itself: on loopback, at a
 * free port, with a password made anew at each start, and every write on disk before it is
 * answered.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final int ATTEMPTS = 3;
  private static final int POLL_MILLIS = 20;
  private static final long RESTART_MILLIS = 200;
  private static final int MAX_DOUBLINGS = 7;
  private static final int START_SECONDS = 10;
  private static final int STOP_SECONDS = 5;

  private final DataDirectory directory;
  private final ProcessBuilder command;
  private final String uri;
  private Process process;
  private int restarts;
  private boolean closed;

  private EmbeddedRedis(
      DataDirectory directory, ProcessBuilder command, Process process, String uri) {
    this.directory = directory;
    this.command = command;
    this.process = process;
    this.uri = uri;
    watch(process);
  }

  /** Has it started again where it ends before it is told to. */
  private void watch(Process watched) {
    CompletableFuture<Void> _ =
        watched
            .onExit()
            .thenAcceptAsync(
                ended -> restart("it ended with " + ended.exitValue()),
                CompletableFuture.delayedExecutor(pauseMillis(), TimeUnit.MILLISECONDS));
  }

  /** Longer each time, up to half a minute. */
  private synchronized long pauseMillis() {
    return RESTART_MILLIS << Math.min(restarts, MAX_DOUBLINGS);
  }

  private synchronized void restart(String why) {
    if (closed) {
      return;
    }
    restarts++;
    LOG.warn("The embedded Redis is started again: {}; {} says why", why, directory.log());
    try {
      process = command.start();
      watch(process);
    } catch (IOException e) {
      CompletableFuture.delayedExecutor(pauseMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> restart("it could not be started: " + e.getMessage()));
    }
  }

  /**
   * Starts it, with the data that an earlier one left.
   *
   * @param data its own directory; made when it is not there
   * @throws IllegalStateException with a message for people: the directory belongs to a running
   *     gateway, or the server does not start
   */
  public static EmbeddedRedis start(Path data) {
    DataDirectory directory = DataDirectory.lock(data);
    try {
      directory.endLeftover();
      Path binary =
          ExecutableProvider.newJarResourceProvider(directory.path().toFile()).get().toPath();
      for (int i = 0; i < ATTEMPTS; i++) {
        int port = freePort();
        String password = password();
        ProcessBuilder command = command(directory, binary, port, password);
        Process process = command.start();
        if (isListening(process, port)) {
          LOG.info("Embedded Redis listens on 127.0.0.1:{}, data in {}", port, directory.path());
          return new EmbeddedRedis(
              directory, command, process, "redis://:" + password + "@127.0.0.1:" + port);
        }
        end(process);
      }
      throw new IllegalStateException(
          "the embedded Redis does not start; " + directory.log() + " says why");
    } catch (IOException e) {
      directory.close();
      throw new IllegalStateException("the embedded Redis does not start: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** Where it is, with the password. */
  public String uri() {
    return uri;
  }

  private static ProcessBuilder command(
      DataDirectory directory, Path binary, int port, String password) throws IOException {
    Path configuration =
        directory.configure(
            """
            bind 127.0.0.1
            port %d
            requirepass %s
            appendonly yes
            appendfsync always
            save ""
            maxmemory-policy noeviction
            set-proc-title no
            """
                .formatted(port, password));
    Files.deleteIfExists(directory.log());
    return new ProcessBuilder(binary.toString(), configuration.toString())
        .directory(directory.path().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.log().toFile()));
  }

  private static boolean isListening(Process process, int port) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      if (accepts(port)) {
        return process.isAlive();
      }
      await(process, POLL_MILLIS);
    }
    return false;
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), POLL_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String password() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Ends the server, which first writes what it has. */
  @Override
  public synchronized void close() {
    closed = true;
    end(process);
    directory.close();
  }

  private static void end(Process process) {
    process.destroy();
    if (!await(process, TimeUnit.SECONDS.toMillis(STOP_SECONDS))) {
      process.destroyForcibly();
    }
  }

  private static boolean await(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public String toString() {
    return "EmbeddedRedis[" + directory.path() + "]";
  }
}
