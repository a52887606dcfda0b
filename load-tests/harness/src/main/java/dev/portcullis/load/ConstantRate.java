package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The load of the open loop: Gatling, in a process of its own, sends at a constant rate, whether
 * earlier requests were answered or not. The token stands in a file that only its owner can read.
 */
final class ConstantRate {
  static final Path JAR = Path.of("load-tests/latency/target/latency.jar");

  /** A small heap whose collections are short, for its pauses would count as the gateway's. */
  private static final List<String> FLAGS =
      List.of("-Xms256m", "-Xmx256m", "-Xmn192m", "-XX:+UseSerialGC");

  private final Bench bench;
  private final Path fields;
  private final String path;
  private int runs;

  private ConstantRate(Bench bench, Path fields, String path) {
    this.bench = bench;
    this.fields = fields;
    this.path = path;
  }

  /** Requests of this path with this token. */
  static ConstantRate of(Bench bench, Credential credential, String path) throws IOException {
    if (!Files.exists(JAR)) {
      throw new IOException(JAR + " is missing; mvn -q -DskipTests package builds it");
    }
    Path fields = bench.directory("latency").resolve("fields");
    Files.createFile(
        fields, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fields, credential.lines());
    return new ConstantRate(bench, fields, path);
  }

  /**
   * Sends at this rate.
   *
   * @param warmup seconds that are not counted, in which the driver itself gets warm
   * @param seconds seconds that are
   */
  LatencyResult run(Target target, int rate, int warmup, int seconds)
      throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(FLAGS);
    flags.add("-Dlatency.url=" + target.base().resolve(path));
    flags.add("-Dlatency.fields=" + fields);
    flags.add("-Dlatency.rate=" + rate);
    flags.add("-Dlatency.warmup=" + warmup);
    flags.add("-Dlatency.seconds=" + seconds);
    runs++;
    try (Child driver = bench.start("latency-" + runs, Jvm.jar(flags, JAR, List.of()))) {
      driver.awaitEnd();
      target.child().requireAlive();
      return LatencyResult.parse(driver.lines());
    }
  }
}
