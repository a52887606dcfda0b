package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.aws.SsmDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What starts, or does not, with either parameter store. */
@Execution(ExecutionMode.CONCURRENT)
class ParameterStoreStartTest {
  private static final String OPERATOR =
      "--portcullis.control.operator-token=" + GatewayProcess.OPERATOR_TOKEN;

  @TempDir Path directory;

  private List<String> loaded() throws IOException {
    try (var lines = Files.lines(directory.resolve("classes.txt"))) {
      return lines.filter(line -> line.contains(" software.amazon.")).limit(3).toList();
    }
  }

  private String create(GatewayProcess gateway) {
    gateway.post(
        "/v1/principals", "{\"id\": \"ci\", \"kind\": \"service-account\", \"scopes\": [\"a:*\"]}");
    return gateway
        .post(
            "/v1/tokens",
            "{\"principal\": \"ci\", \"kind\": \"access-key\", \"name\": \"n\", \"scopes\":"
                + " [\"a:read\"], \"storage\": {\"name\": \"/apps/ci\"}}")
        .get("storedAs")
        .asString();
  }

  @Test
  void loadsNothingOfAwsWhereTheStoreIsBuiltInAndMakesAKeyOfItsOwn() throws IOException {
    try (GatewayProcess gateway =
        GatewayProcess.start(directory, "-Xlog:class+load:file=classes.txt", OPERATOR)) {
      assertThat(create(gateway)).isEqualTo("/apps/ci");
    }
    assertThat(directory.resolve("data/parameter-key")).exists();
    assertThat(loaded()).isEmpty();
  }

  @Test
  void putsParametersAtAwsAndMakesNoKeyWhereThatIsChosen() throws IOException {
    try (SsmDouble aws = new SsmDouble();
        GatewayProcess gateway =
            GatewayProcess.start(
                directory,
                "-Xlog:class+load:file=classes.txt",
                "-Daws.accessKeyId=AKIDEXAMPLE",
                "-Daws.secretAccessKey=aws-secret",
                OPERATOR,
                "--portcullis.parameters.store=aws",
                "--portcullis.parameters.aws.region=eu-central-1",
                "--portcullis.parameters.aws.endpoint=" + aws.uri())) {
      assertThat(create(gateway)).isEqualTo("/apps/ci");
      assertThat(aws.value("/apps/ci").orElse("")).contains("accessKey", "pcsk_");
      assertThat(gateway.get(gateway.data("/.portcullis/parameters/apps/ci")).statusCode())
          .isEqualTo(404);
    }
    assertThat(directory.resolve("data/parameter-key")).doesNotExist();
    assertThat(loaded()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--portcullis.parameters.store=aws, portcullis.parameters.aws.region",
    "--portcullis.parameters.store=vault, portcullis.parameters.store",
    "--portcullis.parameters.keys.main=c2hvcnQ=, key 'main' has 5 bytes",
  })
  void refusesToStartWithSettingsThatCannotBeFollowed(String setting, String complaint) {
    GatewayProcess gateway = GatewayProcess.launch(directory, OPERATOR, setting);
    assertThat(gateway.exitCode()).isNotZero();
    assertThat(gateway.output())
        .contains("APPLICATION FAILED TO START", complaint)
        .doesNotContain("c2hvcnQ");
  }
}
