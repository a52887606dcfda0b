package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server in a process of its own, whose writes outlive its kill. */
final class Redis implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(10);
  private static final String VERSION = "redis_version:";
  private static final int LONGEST_LOG = 100_000;
  private static final ProtocolKeyword LATENCY = () -> "LATENCY".getBytes(US_ASCII);

  private final Bench bench;
  private final int port;
  private final String password = UUID.randomUUID().toString();
  private final Path directory;
  private final Path binary;
  private final RedisClient client;
  private final String version;

  /** One connection for all questions, so that asking connects nobody. */
  private StatefulRedisConnection<String, String> questions;

  private Child child;

  private Redis(Bench bench) throws IOException {
    this.bench = bench;
    this.port = Bench.freePort();
    this.directory = bench.directory("redis-" + port);
    this.binary = ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
    this.child = launch();
    awaitReady();
    this.client = RedisClient.create(uri(port));
    client.setOptions(ClientOptions.builder().autoReconnect(false).build());
    this.questions = client.connect();
    this.version =
        questions
            .sync()
            .info("server")
            .lines()
            .filter(line -> line.startsWith(VERSION))
            .map(line -> line.substring(VERSION.length()).strip())
            .findFirst()
            .orElse("");
  }

  static Redis start(Bench bench) throws IOException {
    return bench.closeLater(new Redis(bench));
  }

  private Child launch() throws IOException {
    return bench.start(
        "redis-" + port,
        List.of(
            binary.toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--requirepass",
            password,
            "--dir",
            directory.toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always"));
  }

  int port() {
    return port;
  }

  Child child() {
    return child;
  }

  /** How to reach it, or what stands before it at another port. */
  String uri(int atPort) {
    return "redis://:" + password + "@127.0.0.1:" + atPort;
  }

  /** Starts it again after a kill, on the same port and data. When it answered. */
  long restart() throws IOException {
    child = launch();
    awaitReady();
    long ready = System.nanoTime();
    questions.close();
    questions = client.connect();
    return ready;
  }

  CommandStats commandStats() {
    return CommandStats.parse(questions.sync().info("commandstats"));
  }

  /** Asks it anything. */
  RedisCommands<String, String> commands() {
    return questions.sync();
  }

  /** Opens a way to write very much. */
  RedisPipe pipe() throws IOException {
    return RedisPipe.open(port, password);
  }

  String version() {
    return version;
  }

  /** Keeps a log of all commands from now on. */
  void logCommands() {
    RedisCommands<String, String> commands = questions.sync();
    commands.configSet("slowlog-max-len", Integer.toString(LONGEST_LOG));
    commands.configSet("slowlog-log-slower-than", "0");
    commands.slowlogReset();
  }

  /** How often each command was called on each kind of key, since the log was started. */
  Map<String, Integer> loggedCommands() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Object entry : questions.sync().slowlogGet(LONGEST_LOG)) {
      List<?> words = (List<?>) ((List<?>) entry).get(3);
      counts.merge(KeyKind.of(words), 1, Integer::sum);
    }
    return counts;
  }

  /** Takes note, from now on, of what makes it late by this time or more. */
  void watchStalls(Duration threshold) {
    RedisCommands<String, String> commands = questions.sync();
    commands.configSet("latency-monitor-threshold", Long.toString(threshold.toMillis()));
    commands.dispatch(
        LATENCY,
        new IntegerOutput<>(StringCodec.UTF8),
        new CommandArgs<>(StringCodec.UTF8).add("RESET"));
  }

  /** What made it late, each with the worst of it in milliseconds. */
  Map<String, Long> stalls() {
    Map<String, Long> worst = new TreeMap<>();
    for (Object entry :
        questions
            .sync()
            .dispatch(
                LATENCY,
                new ArrayOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8).add("LATEST"))) {
      List<?> event = (List<?>) entry;
      worst.put(String.valueOf(event.getFirst()), (Long) event.getLast());
    }
    return worst;
  }

  private void awaitReady() throws IOException {
    long end = System.nanoTime() + READY.toNanos();
    while (!pongs()) {
      child.requireAlive();
      if (System.nanoTime() > end) {
        throw new IOException("Redis is not ready after " + READY);
      }
      Bench.pass(Duration.ofMillis(5));
    }
  }

  private boolean pongs() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      socket
          .getOutputStream()
          .write(("AUTH " + password + "\r\nPING\r\nQUIT\r\n").getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII).contains("+PONG");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Kills, for a stopped server would not end. */
  @Override
  public void close() {
    client.shutdown();
    child.kill();
  }

  @Override
  public String toString() {
    return "redis";
  }
}
