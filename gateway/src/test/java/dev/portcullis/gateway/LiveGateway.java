package dev.portcullis.gateway;

import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.control.Asker;
import dev.portcullis.gateway.control.TestClock;
import dev.portcullis.gateway.proxy.ActivePolicies;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/** The whole program in this JVM, at free ports, by a clock that the test sets. */
final class LiveGateway implements AutoCloseable {
  private final TestClock clock = new TestClock();
  private final Path policies;
  private final ConfigurableApplicationContext context;

  private LiveGateway(Path policies, String... arguments) {
    this.policies = policies;
    this.context =
        new SpringApplicationBuilder(Portcullis.class)
            .initializers(
                starting ->
                    starting.addBeanFactoryPostProcessor(
                        factory -> factory.addBeanPostProcessor(new PartsInstead(clock))))
            .run(arguments);
  }

  /** Starts it on this Redis, with one policy that has one public route, and these settings. */
  static LiveGateway start(Path directory, String redisUri, String... settings) {
    Path policies = directory.resolve("policies");
    write(
        policies,
        """
        api: first
        upstream: http://127.0.0.1:1
        routes:
          - match: GET /first
            public: true
        """);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--portcullis.control.port=0",
                "--portcullis.redis.uri=" + redisUri,
                "--portcullis.policies=" + policies,
                "--portcullis.policies-interval=20ms",
                "--portcullis.failures.limit=none",
                "--portcullis.log.refusals-per-second=1000000",
                "--portcullis.pepper.current=p1",
                "--portcullis.pepper.ring.p1=" + GatewayProcess.PEPPER,
                "--portcullis.control.operator-token=" + GatewayProcess.OPERATOR_TOKEN));
    for (String setting : settings) {
      // Twice on a command line is a list to Spring.
      String name = setting.substring(0, setting.indexOf('=') + 1);
      arguments.removeIf(argument -> argument.startsWith(name));
      arguments.add(setting);
    }
    return new LiveGateway(policies, arguments.toArray(String[]::new));
  }

  /** Puts a policy in force, in place of the one of the same API. */
  void follow(String yaml) {
    long before = generation();
    write(policies, yaml);
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .until(() -> generation() > before);
  }

  /** Writes a policy file, sound or not, and waits for nothing. */
  void write(String yaml) {
    write(policies, yaml);
  }

  private static void write(Path policies, String yaml) {
    String api =
        yaml.lines()
            .filter(line -> line.startsWith("api: "))
            .findFirst()
            .orElseThrow()
            .substring("api: ".length());
    try {
      Files.createDirectories(policies);
      Path draft = Files.writeString(policies.resolveSibling(api + ".draft"), yaml);
      Files.move(draft, policies.resolve(api + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often the policies were read, up to those in force. */
  long generation() {
    return context.getBean(ActivePolicies.class).current().generation();
  }

  int port() {
    return port("local.server.port");
  }

  /** Where the control plane listens. */
  int controlPort() {
    return port("local.management.port");
  }

  private int port(String name) {
    return context.getEnvironment().getRequiredProperty(name, Integer.class);
  }

  /** The first operator. */
  Asker operator() {
    return operator(GatewayProcess.OPERATOR_TOKEN);
  }

  /** Whoever says this token. */
  Asker operator(String token) {
    return Asker.with(URI.create("http://127.0.0.1:" + controlPort()), token);
  }

  /** All metrics, as Prometheus reads them. */
  String metrics() {
    return operator().get("/actuator/prometheus").response().body();
  }

  /** The sum of all series that begin like this. */
  double metric(String beginning) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(beginning))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** How many requests were decided over, by reason. */
  Map<String, Long> decisions() {
    return context.getBean(MeterRegistry.class).find("portcullis.decisions").counters().stream()
        .collect(
            Collectors.groupingBy(
                counter -> String.valueOf(counter.getId().getTag("reason")),
                Collectors.summingLong(counter -> (long) counter.count())));
  }

  TestClock clock() {
    return clock;
  }

  @Override
  public void close() {
    context.close();
  }

  /**
   * Puts the test's clock where the program's would be, and leaves the event loops that all servers
   * of a JVM share alone when it closes.
   */
  private record PartsInstead(TestClock clock) implements BeanPostProcessor {
    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
      if (bean instanceof ReactorResourceFactory loops) {
        loops.setUseGlobalResources(false);
      }
      return name.equals("clock") ? clock : bean;
    }
  }
}
