package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A running gateway as it is out of the box: with a Redis of its own, and all settings but the
 * ports and the data directory left alone.
 *
 * @param redisUri where its Redis is, with the password
 */
record EmbeddedGateway(Child child, ControlPlane control, ProcessHandle redis, String redisUri) {
  private static final String NAME = "gateway";

  static EmbeddedGateway start(Bench bench) throws IOException {
    if (!Files.exists(bench.options().gateway())) {
      throw new IOException(
          bench.options().gateway() + " is missing; mvn -q -DskipTests package builds it");
    }
    Path data = bench.directory("data");
    int controlPort = Bench.freePort();
    Child child =
        bench.start(
            NAME,
            Jvm.jar(
                bench.options().gateway(),
                List.of(
                    "--server.port=" + Bench.freePort(),
                    "--server.address=127.0.0.1",
                    "--portcullis.control.port=" + controlPort,
                    "--portcullis.data=" + data)));
    String operatorToken = written(child, data.resolve("operator-token"));
    URI control = URI.create("http://127.0.0.1:" + controlPort);
    Readiness.await(
        child,
        control.resolve("/actuator/health/readiness"),
        "Bearer " + operatorToken,
        Readiness.JVM);
    Map<String, String> settings = settings(data.resolve("redis/redis.conf"));
    long pid = Long.parseLong(Files.readString(data.resolve("redis/redis.pid")).strip());
    bench.say(NAME + " with embedded Redis is ready");
    return new EmbeddedGateway(
        child,
        bench.closeLater(new ControlPlane(control, operatorToken)),
        ProcessHandle.of(pid).orElseThrow(),
        "redis://:" + settings.get("requirepass") + "@127.0.0.1:" + settings.get("port"));
  }

  private static String written(Child child, Path file) throws IOException {
    long end = System.nanoTime() + Readiness.JVM.toNanos();
    while (!Files.exists(file) || Files.size(file) == 0) {
      child.requireAlive();
      if (System.nanoTime() > end) {
        throw new IOException(child + " made no " + file.getFileName());
      }
      Bench.pass(Duration.ofMillis(50));
    }
    return Files.readString(file).strip();
  }

  private static Map<String, String> settings(Path configuration) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (String line : Files.readAllLines(configuration)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        settings.put(line.substring(0, space), line.substring(space + 1));
      }
    }
    return settings;
  }

  /** Processor time that its Redis used so far. */
  Duration redisCpuTime() {
    return redis.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public String toString() {
    return NAME;
  }
}
