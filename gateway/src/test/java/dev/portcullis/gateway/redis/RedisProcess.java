package dev.portcullis.gateway.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server at one port of loopback for as long as the test wants, with a password. It
 * can be killed, stopped in its tracks, and started again with its data.
 */
public final class RedisProcess implements AutoCloseable {
  /** Of every server, and of the masters of replicas. */
  public static final String PASSWORD = "a-password-of-a-test";

  private static final File BINARY = binary();

  private final Path directory;
  private final int port;
  private final boolean tls;
  private final boolean sentinel;
  private @Nullable Process process;

  private RedisProcess(Path directory, int port, boolean tls, boolean sentinel) {
    this.directory = directory;
    this.port = port;
    this.tls = tls;
    this.sentinel = sentinel;
  }

  /** Starts a server that keeps its data in a directory below this one. */
  public static RedisProcess start(Path below, String... settings) {
    int port = freePort();
    return launch(
        new RedisProcess(directory(below, port), port, false, false), "port " + port, settings);
  }

  /** Starts a server that speaks TLS only. */
  static RedisProcess startWithTls(Path below, String... settings) {
    int port = freePort();
    return launch(
        new RedisProcess(directory(below, port), port, true, false),
        "port 0\ntls-port " + port + "\ntls-auth-clients no",
        settings);
  }

  /** Starts a sentinel that watches this master, called {@code main}, by itself. */
  static RedisProcess sentinel(Path below, RedisProcess master) {
    int port = freePort();
    RedisProcess sentinel = new RedisProcess(directory(below, port), port, false, true);
    sentinel.write(
        List.of(
            "port " + port,
            "sentinel monitor main 127.0.0.1 " + master.port + " 1",
            "sentinel auth-pass main " + PASSWORD,
            "sentinel down-after-milliseconds main 500",
            "sentinel failover-timeout main 5000"));
    sentinel.resume();
    return sentinel;
  }

  private static RedisProcess launch(RedisProcess redis, String port, String... settings) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                port,
                "bind 127.0.0.1",
                "requirepass " + PASSWORD,
                "masterauth " + PASSWORD,
                "appendonly yes",
                "appendfsync no",
                "save \"\"",
                "repl-diskless-sync-delay 0"));
    lines.addAll(List.of(settings));
    redis.write(lines);
    redis.resume();
    return redis;
  }

  private static Path directory(Path below, int port) {
    try {
      return Files.createDirectories(below.resolve("redis-" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(List<String> configuration) {
    try {
      Files.write(directory.resolve("redis.conf"), configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again, after {@link #kill}, with the data it had. */
  public void resume() {
    List<String> command = new ArrayList<>(List.of(BINARY.getPath(), "redis.conf"));
    if (sentinel) {
      command.add("--sentinel");
    }
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(10))
        .until(this::isListening);
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it at once, by SIGKILL. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        assertThat(running.waitFor(5, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Stops it in its tracks, by SIGSTOP: connections stay open and nothing is answered. */
  public void freeze() {
    signal("-STOP");
  }

  /** Lets it go on, by SIGCONT. */
  public void thaw() {
    signal("-CONT");
  }

  private void signal(String name) {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    try {
      Process kill = new ProcessBuilder("kill", name, Long.toString(running.pid())).start();
      assertThat(kill.waitFor(5, SECONDS)).isTrue();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The port of loopback at which it is. */
  public int port() {
    return port;
  }

  /** For {@code portcullis.redis.uri}. */
  public String uri() {
    return (tls ? "rediss" : "redis") + "://:" + PASSWORD + "@127.0.0.1:" + port;
  }

  /** Another program, connected. */
  public RedisCli cli() {
    return cliWith(sentinel ? "" : PASSWORD);
  }

  /** Another program, connected with this password. */
  public RedisCli cliWith(String password) {
    return new RedisCli(port, password);
  }

  /** One command of another program. */
  public String run(String... command) {
    try (RedisCli cli = cli()) {
      return cli.run(command);
    }
  }

  /** All that it keeps: keys and their fields, and what was written to disk since it began. */
  public String content() {
    StringBuilder all = new StringBuilder();
    try (RedisCli cli = cli();
        Stream<Path> files = Files.walk(directory)) {
      for (String key : cli.list("KEYS", "*")) {
        all.append(key).append('\n');
        if (cli.run("TYPE", key).equals("hash")) {
          all.append(cli.list("HGETALL", key)).append('\n');
        }
      }
      for (Path file : files.filter(path -> path.toString().endsWith(".aof")).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString();
  }

  /** How many times this command, in lower case, was called. */
  public int calls(String command) {
    return run("INFO", "commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_" + command + ":"))
        .mapToInt(line -> Integer.parseInt(line.replaceAll(".*:calls=(\\d+).*", "$1")))
        .sum();
  }

  @Override
  public void close() {
    thaw();
    kill();
  }

  /** A port that is free, and so is the one 10,000 above, which a cluster's nodes talk at. */
  private static int freePort() {
    for (int i = 0; i < 100; i++) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = socket.getLocalPort();
        if (port < 55_000) {
          try (ServerSocket bus =
              new ServerSocket(port + 10_000, 1, InetAddress.getLoopbackAddress())) {
            return bus.getLocalPort() - 10_000;
          }
        }
      } catch (IOException e) {
        // another one is tried
      }
    }
    throw new IllegalStateException("no free port");
  }

  private static File binary() {
    try {
      return ExecutableProvider.newJarResourceProvider().get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
