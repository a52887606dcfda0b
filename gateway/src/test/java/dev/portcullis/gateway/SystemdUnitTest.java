package dev.portcullis.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SystemdUnitTest {
  private static final String UNIT = OperationsFiles.text("systemd/portcullis.service");
  private static final String PROGRAM = "/opt/portcullis/portcullis";

  @TempDir Path directory;

  @Test
  void everySettingAndEveryCredentialIsASettingOfTheGateway() {
    Map<String, String> settings = new HashMap<>(OperationsFiles.settings(command()));
    for (String credential : values("LoadCredential").toList()) {
      String[] parts = credential.split(":", 2);
      assertThat(parts[1]).isEqualTo("/etc/portcullis/secrets/" + parts[0]);
      settings.put(parts[0], GatewayProcess.PEPPER);
    }
    OperationsFiles.areKnown(settings);
    assertThat(settings)
        .containsEntry("spring.config.import", "configtree:${CREDENTIALS_DIRECTORY}/")
        .containsKeys(
            "portcullis.policies",
            "portcullis.redis.uri",
            "portcullis.control.operator-token",
            "portcullis.pepper.ring." + settings.get("portcullis.pepper.current"));
  }

  @Test
  void itsBoundsAreWiderThanTheGateways() {
    assertThat(Duration.ofSeconds(Long.parseLong(value("TimeoutStopSec"))))
        .isGreaterThan(StopDeadline.DEFAULT);
    assertThat(Integer.parseInt(value("LimitNOFILE")))
        .isGreaterThanOrEqualTo(2 * OperationsFiles.DEFAULTS.client().maxConnections());
  }

  /** To a whole control group the embedded Redis would belong, and it is needed until the end. */
  @Test
  void onlyTheGatewayIsToldToStop() {
    assertThat(value("KillMode")).isEqualTo("mixed");
    assertThat(value("SuccessExitStatus")).isEqualTo("143");
  }

  @Test
  void systemdFindsNothingWrongWithIt() throws Exception {
    Program.required("PORTCULLIS_SYSTEMD", "systemd-analyze");
    assertThat(verified(UNIT)).isEmpty();
    assertThat(verified(UNIT.replace("NoNewPrivileges=", "NoNewPrivilege=")))
        .contains("NoNewPrivilege");
  }

  private String verified(String unit) throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            directory.resolve("portcullis.service"), unit.replace(PROGRAM, "/bin/sh"));
    Process process =
        new ProcessBuilder("systemd-analyze", "verify", file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  private static List<String> command() {
    return Arrays.asList(value("ExecStart").split("\\s+"));
  }

  private static String value(String name) {
    return values(name).reduce((_, last) -> last).orElseThrow();
  }

  private static Stream<String> values(String name) {
    return UNIT.replace("\\\n", " ")
        .lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1));
  }
}
