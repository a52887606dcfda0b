package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class StartRefusalTest {
  private static final String REDIS = "--portcullis.redis.uri=redis://:sesame@127.0.0.1:1";
  private static final String OPERATOR =
      "--portcullis.control.operator-token=" + GatewayProcess.OPERATOR_TOKEN;

  @TempDir Path directory;

  @Test
  void refusesAnExternalRedisWithoutAPepper() throws IOException {
    assertThat(refusal(REDIS, OPERATOR, "--portcullis.policies=" + policies("api: x")))
        .contains("portcullis.pepper.current")
        .doesNotContain("sesame", GatewayProcess.OPERATOR_TOKEN);
  }

  @Test
  void refusesAShortPepperWithoutShowingIt() throws IOException {
    assertThat(
            refusal(
                "--logging.structured.format.console=",
                REDIS,
                OPERATOR,
                "--portcullis.policies=" + policies("api: x"),
                "--portcullis.pepper.current=p1",
                "--portcullis.pepper.ring.p1=c2hvcnQ="))
        .contains("pepper 'p1' has 5 bytes")
        .doesNotContain("c2hvcnQ");
  }

  @Test
  void namesFileLineAndPathOfEveryProblemInThePolicies() throws IOException {
    assertThat(refusal("--portcullis.policies=" + policies("api: x\nupstraem: http://127.0.0.1:1")))
        .contains("test.yaml:2", "upstraem", "routes")
        .contains("portcullis policy lint");
  }

  @Test
  void refusesSessionsThatLiveLongerThanAnHour() {
    assertThat(refusal("--portcullis.tokens.lifetimes.session.default=PT61M"))
        .contains("portcullis.tokens.lifetimes.session", "60 minutes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"portcullis.log.refusals-per-second", "portcullis.access-log.max-per-second"})
  void refusesARateOfLinesThatIsNone(String setting) {
    assertThat(refusal("--" + setting + "=-1")).contains(setting + ": -1 is not a number of lines");
  }

  @Test
  void refusesACollectorThatIsNone() {
    assertThat(
            refusal(
                "--portcullis.tracing.endpoint=ftp://collector",
                "--portcullis.tracing.headers.x-key=sesame"))
        .contains("portcullis.tracing", "endpoint")
        .doesNotContain("sesame");
  }

  @Test
  void refusesADataDirectoryThatAnotherGatewayRunsOn() {
    try (GatewayProcess _ = GatewayProcess.start(directory)) {
      assertThat(refusal()).contains("another gateway runs on", "--portcullis.data=DIR");
    }
  }

  private Path policies(String yaml) throws IOException {
    Path policies = Files.createDirectories(directory.resolve("policies"));
    Files.writeString(policies.resolve("test.yaml"), yaml);
    return policies;
  }

  private String refusal(String... settings) {
    GatewayProcess gateway = GatewayProcess.launch(directory, settings);
    assertThat(gateway.exitCode()).isNotZero();
    assertThat(gateway.output()).contains("APPLICATION FAILED TO START", "Action:");
    assertThat(gateway.output()).doesNotContain("\tat ", "\\tat ");
    return gateway.output();
  }
}
