package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandSyntaxTest {
  private CommandLineRun line = new CommandLineRun(Path.of(""));

  @BeforeEach
  void commandLine(@TempDir Path directory) {
    line = new CommandLineRun(directory).environment("PORTCULLIS_OPERATOR_TOKEN", "x");
  }

  @ParameterizedTest
  @CsvSource({
    "token",
    "token list extra",
    "token create --kind api",
    "token list --operator-token secret",
    "principal create x",
    "policy lint",
    "nonsense",
    "token list --control ftp://127.0.0.1/",
    "token list --control http://user@127.0.0.1/",
  })
  void refusesWhatIsNoCommand(String command) {
    assertThat(line.run(command.split(" "))).isEqualTo(2);
    assertThat(line.err()).isNotEmpty();
    assertThat(line.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "help", "token --help", "token create --help", "policy --help"})
  void helps(String command) {
    assertThat(line.run(command.split(" "))).isZero();
    assertThat(line.out()).startsWith("Usage: portcullis").doesNotContain("\u001b");
  }

  @Test
  void documentsExitCodesAndEnvironment() {
    line.run("--help");
    assertThat(line.out()).contains("Exit codes:", "3   the control plane", "PORTCULLIS_CONTROL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version"})
  void tellsItsVersion(String command) {
    assertThat(line.run(command)).isZero();
    assertThat(line.out()).startsWith("portcullis ");
  }

  @ParameterizedTest
  @CsvSource({
    "token, true",
    "principal, true",
    "policy, true",
    "version, true",
    "--help, true",
    "--server.port=0, false",
    "--portcullis.policies=x, false",
  })
  void knowsItsCommandsFromTheGatewaysArguments(String argument, boolean command) {
    assertThat(Commands.isCommand(argument, "x")).isEqualTo(command);
    assertThat(Commands.isCommand()).isFalse();
  }
}
