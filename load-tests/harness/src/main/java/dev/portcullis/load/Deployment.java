package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What the gateway processes of one measurement share: Redis, upstream, pepper, operator. */
final class Deployment {
  private static final String PEPPER = "p1";

  private final Bench bench;
  private final Redis redis;
  private final URI upstream;
  private final byte[] pepper = random();
  private final String operatorToken = HexFormat.of().formatHex(random());

  private Deployment(Bench bench, Redis redis, URI upstream) {
    this.bench = bench;
    this.redis = redis;
    this.upstream = upstream;
  }

  /** Starts Redis and the upstream. */
  static Deployment start(Bench bench) throws IOException {
    return start(bench, Nginx.start(bench));
  }

  /** Starts Redis, before this upstream. */
  static Deployment start(Bench bench, URI upstream) throws IOException {
    return new Deployment(bench, Redis.start(bench), upstream);
  }

  Redis redis() {
    return redis;
  }

  URI upstream() {
    return upstream;
  }

  /** That many tokens as its gateways would have made them, which are nowhere yet. */
  SeededTokens seededTokens(int count) {
    return new SeededTokens(count, Instant.now(), new SeededSecrets(PEPPER, pepper));
  }

  /** Starts a gateway that reaches Redis directly. */
  Gateway gateway(String name, Policies policies) throws IOException {
    return gateway(name, policies, redis.port());
  }

  /** Starts a gateway that reaches Redis through this port. */
  Gateway gateway(String name, Policies policies, int redisPort) throws IOException {
    return gateway(name, policies, redisPort, List.of());
  }

  /** Starts a gateway with more settings, {@code --name=value} each. */
  Gateway gateway(String name, Policies policies, int redisPort, List<String> settings)
      throws IOException {
    return gateway(name, policies, redisPort, settings, Build.of(bench.options()));
  }

  /** Starts this gateway, which reaches Redis directly. */
  Gateway gateway(String name, Policies policies, Program program) throws IOException {
    return gateway(name, policies, redis.port(), List.of(), program);
  }

  private Gateway gateway(
      String name, Policies policies, int redisPort, List<String> settings, Program program)
      throws IOException {
    Path directory = bench.directory(name + "-policies");
    policies.write(directory, upstream);
    int port = Bench.freePort();
    int controlPort = Bench.freePort();
    long start = System.nanoTime();
    Child child =
        bench.start(
            name,
            program.command(
                Stream.concat(
                        Stream.of(
                            "--server.port=" + port,
                            "--server.address=127.0.0.1",
                            "--portcullis.control.port=" + controlPort,
                            "--portcullis.policies=" + directory,
                            "--portcullis.redis.uri=" + redis.uri(redisPort),
                            "--portcullis.pepper.current=" + PEPPER,
                            "--portcullis.pepper.ring."
                                + PEPPER
                                + "="
                                + Base64.getEncoder().encodeToString(pepper),
                            "--portcullis.control.operator-token=" + operatorToken),
                        settings.stream())
                    .toList()));
    URI control = URI.create("http://127.0.0.1:" + controlPort);
    Readiness.await(
        child,
        control.resolve("/actuator/health/readiness"),
        "Bearer " + operatorToken,
        Readiness.JVM);
    Duration ready = Duration.ofNanos(System.nanoTime() - start);
    bench.say(name + " ready after " + ready.toMillis() + " ms");
    return new Gateway(
        new Target(name, URI.create("http://127.0.0.1:" + port), child),
        bench.closeLater(new ControlPlane(control, operatorToken)),
        ready,
        child.cpuTime());
  }

  private static byte[] random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
