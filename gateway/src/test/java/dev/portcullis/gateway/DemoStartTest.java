package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DemoStartTest {
  @TempDir Path directory;

  @Test
  void printsACurlLineThatWorksAtTheFirstStartAndAfterACrash() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(directory)) {
      assertThat(answer(gateway.printed("^(curl .*)$")))
          .startsWith("HTTP/1.1 200")
          .contains("\"X-Auth-Email\":[\"demo@example.com\"]")
          .doesNotContain("\"Authorization\"");
      assertThat(gateway.get(URI.create(gateway.printed("^Look around: (.*/)$"))).body())
          .contains("<title>Portcullis</title>");
      Path operatorToken = Path.of(gateway.printed("^Operator token: (.*)$"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(operatorToken)))
          .isEqualTo("rw-------");
      assertThat(
              gateway
                  .get(
                      gateway.control("/v1/tokens"),
                      "Authorization",
                      "Bearer " + Files.readString(operatorToken).strip())
                  .body())
          .contains("\"name\":\"demo\"");
      gateway.kill();
    }
    String demoToken = Files.readString(directory.resolve("data/demo-token"));
    try (GatewayProcess gateway = GatewayProcess.start(directory)) {
      assertThat(answer(gateway.printed("^(curl .*)$"))).startsWith("HTTP/1.1 200");
    }
    assertThat(Files.readString(directory.resolve("data/demo-token"))).isEqualTo(demoToken);
  }

  private static String answer(String curl) throws IOException, InterruptedException {
    assumeTrue(new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0);
    Process process = new ProcessBuilder("sh", "-c", curl + " -s").start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
