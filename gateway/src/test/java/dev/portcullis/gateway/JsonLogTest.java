package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** What the program prints when nobody says otherwise: events of the Elastic Common Schema. */
@Execution(ExecutionMode.CONCURRENT)
class JsonLogTest {
  @TempDir Path directory;

  private GatewayProcess start(String... settings) throws IOException {
    Path policies = Files.createDirectories(directory.resolve("policies"));
    Files.writeString(
        policies.resolve("things.yaml"),
        """
        api: things
        upstream: http://127.0.0.1:1
        credentials: [bearer]
        routes:
          - match: GET /things/{id}
            scopes: ["things:read"]
          - match: GET /down
            public: true
        """);
    String[] all = new String[settings.length + 2];
    all[0] = "--portcullis.policies=" + policies;
    all[1] = "--portcullis.access-log.enabled=true";
    System.arraycopy(settings, 0, all, 2, settings.length);
    return GatewayProcess.start(directory, all);
  }

  private static int ask(GatewayProcess gateway, String target) {
    return gateway.get(gateway.data(target)).statusCode();
  }

  private static List<JsonNode> of(GatewayProcess gateway, String action) {
    return gateway.events().stream()
        .filter(event -> event.at("/event/action").asString("").equals(action))
        .toList();
  }

  @Test
  void everyLineIsAnEventAndOneOfARefusalTellsWhatToLookFor() throws IOException {
    try (GatewayProcess gateway = start()) {
      String id =
          gateway
              .get(gateway.data("/things/7?tk=sesame"))
              .headers()
              .firstValue("X-Request-Id")
              .orElseThrow();
      assertThat(ask(gateway, "/down?tk=sesame")).isEqualTo(502);
      await().until(() -> of(gateway, "answered").size() == 2);
      assertThat(gateway.events())
          .hasSizeGreaterThan(5)
          .allSatisfy(
              event -> {
                assertThat(event.at("/@timestamp").asString()).isNotEmpty();
                assertThat(event.at("/log/level").asString()).isNotEmpty();
                assertThat(event.at("/message").asString()).isNotEmpty();
                assertThat(event.at("/service/name").asString()).isEqualTo("portcullis");
                assertThat(event.at("/service/node/name").asString()).isNotEmpty();
              });
      JsonNode refused = of(gateway, "refused").getFirst();
      assertThat(refused.at("/http/request/id").asString()).isEqualTo(id);
      assertThat(refused.at("/http/request/method").asString()).isEqualTo("GET");
      assertThat(refused.at("/event/reason").asString()).isEqualTo("CREDENTIALS_MISSING");
      assertThat(refused.at("/portcullis/api").asString()).isEqualTo("things");
      assertThat(refused.at("/portcullis/route").asString()).isEqualTo("things:GET /things/{id}");
      assertThat(refused.at("/client/ip").asString()).isEqualTo("127.0.0.1");
      JsonNode answered = of(gateway, "answered").getFirst();
      assertThat(answered.at("/http/request/id").asString()).isEqualTo(id);
      assertThat(answered.at("/url/path").asString()).isEqualTo("/things/7");
      assertThat(answered.at("/http/response/status_code").asInt()).isEqualTo(401);
      assertThat(answered.at("/http/response/body/bytes").asInt()).isPositive();
      assertThat(answered.at("/event/duration").asLong()).isPositive();
      assertThat(answered.at("/portcullis/outcome").asString()).isEqualTo("refused");
      JsonNode faulted = of(gateway, "faulted").getFirst();
      assertThat(faulted.at("/log/level").asString()).isEqualTo("WARN");
      assertThat(faulted.at("/portcullis/api").asString()).isEqualTo("things");
      assertThat(gateway.output()).doesNotContain("sesame");
    }
  }

  @Test
  void aRefusalThatIsFollowedTellsOfItsTrace() throws IOException {
    try (GatewayProcess gateway =
        start("--portcullis.tracing.endpoint=http://127.0.0.1:1/v1/traces")) {
      assertThat(ask(gateway, "/things/7")).isEqualTo(401);
      await().until(() -> !of(gateway, "refused").isEmpty());
      assertThat(of(gateway, "refused").getFirst().at("/trace/id").asString())
          .matches("[0-9a-f]{32}");
    }
  }

  @Test
  void aFloodIsSampledAndSaidAndHidesNeitherOtherReasonsNorFailures() throws IOException {
    try (GatewayProcess gateway =
        start(
            "--portcullis.log.refusals-per-second=2", "--portcullis.access-log.max-per-second=1")) {
      for (int i = 0; i < 100; i++) {
        assertThat(ask(gateway, "/nowhere/" + i)).isEqualTo(404);
      }
      assertThat(ask(gateway, "/things/7")).isEqualTo(401);
      assertThat(ask(gateway, "/down")).isEqualTo(502);
      await().until(() -> suppressed(gateway, "refusals") + of(gateway, "refused").size() == 101);
      await().until(() -> suppressed(gateway, "access") + of(gateway, "answered").size() == 102);
      assertThat(suppressed(gateway, "refusals")).isPositive();
      assertThat(suppressed(gateway, "access")).isPositive();
      assertThat(of(gateway, "refused"))
          .extracting(event -> event.at("/event/reason").asString())
          .contains("NO_ROUTE", "CREDENTIALS_MISSING");
      assertThat(of(gateway, "answered"))
          .extracting(event -> event.at("/http/response/status_code").asInt())
          .contains(502);
      String metrics = gateway.get(gateway.control("/actuator/prometheus")).body();
      for (String log : List.of("refusals", "access")) {
        assertThat(metrics)
            .contains(
                "portcullis_log_suppressed_total{log=\"%s\"} %.1f"
                    .formatted(log, (double) suppressed(gateway, log)));
      }
      assertThat(metrics).contains("portcullis_log_suppressed_total{log=\"console\"} 0.0");
    }
  }

  private static int suppressed(GatewayProcess gateway, String log) {
    return of(gateway, "suppressed").stream()
        .filter(event -> event.at("/portcullis/log").asString().equals(log))
        .mapToInt(event -> event.at("/portcullis/suppressed").asInt())
        .sum();
  }
}
