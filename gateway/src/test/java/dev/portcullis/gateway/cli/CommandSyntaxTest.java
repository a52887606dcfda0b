package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

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
    "token create --principal ada --name n --kind access-key --key k",
    "token create --principal ada --name n --kind access-key --store /a --save",
    "token list --operator-token secret",
    "principal create x",
    "policy lint",
    "nonsense",
    "token list --control ftp://127.0.0.1/",
    "token list --control http://user@127.0.0.1/",
    "token list --control http://a_b/",
    "token list --control http://[::1",
    "token list --status active --yes",
    "token update tok1",
    "token update tok1 --description d --clear-description",
    "token update tok1 --tag a=b --clear-tags",
    "token regenerate tok1 --grace soon",
    "token import",
    "principal update ada",
    "principal update ada --email a@x --clear-email",
    "principal update ada --scope a:b --clear-scopes",
    "principal delete",
    "audit",
    "explain GET",
  })
  void refusesWhatIsNoCommand(String command) {
    assertThat(line.run(command.split(" "))).isEqualTo(2);
    assertThat(line.err()).isNotEmpty();
    assertThat(line.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "help",
        "token --help",
        "token create --help",
        "policy --help",
        "audit verify --help",
        "explain --help"
      })
  void helps(String command) {
    assertThat(line.run(command.split(" "))).isZero();
    assertThat(line.out()).startsWith("Usage: portcullis").doesNotContain("\u001b");
  }

  @Test
  void saysInWhichWordsALimitIsWritten() {
    assertThat(line.run("token", "create", "--help")).isZero();
    assertThat(line.out().replaceAll("\\s+", " "))
        .contains("NUMBER per second|minute|hour|day [leased], such as '10 per second'");
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
    "audit, true",
    "explain, true",
    "openapi, true",
    "completion, true",
    "version, true",
    "--help, true",
    "--server.port=0, false",
    "--portcullis.policies=x, false",
  })
  void knowsItsCommandsFromTheGatewaysArguments(String argument, boolean command) {
    assertThat(Commands.isCommand(argument, "x")).isEqualTo(command);
    assertThat(Commands.isCommand()).isFalse();
  }

  @Test
  void hasNoOptionThatTakesASecret() {
    List<String> options =
        commands(Commands.commandLine(line.surroundings()))
            .flatMap(command -> command.getCommandSpec().options().stream())
            .filter(option -> option.arity().max() > 0)
            .flatMap(option -> Stream.of(option.names()))
            .distinct()
            .toList();
    assertThat(options)
        .contains("--operator-token-file", "--token-file", "--token-id", "--name")
        .filteredOn(name -> name.matches(".*(token|secret|password|key|pepper).*"))
        .containsExactlyInAnyOrder(
            "--operator-token-file",
            "--token-file",
            "--token-id",
            "--token",
            "--idempotency-key",
            // names one
            "--key");
  }

  @Test
  void knowsEachOfItsCommands() {
    assertThat(Commands.commandLine(line.surroundings()).getSubcommands().keySet())
        .allMatch(word -> Commands.isCommand(word));
  }

  @Test
  void describesEachCommand() {
    assertThat(commands(Commands.commandLine(line.surroundings())).toList())
        .hasSizeGreaterThan(30)
        .allMatch(command -> command.getCommandSpec().usageMessage().description().length > 0);
  }

  @Test
  void printsACompletionScriptOfAllCommands() {
    assertThat(line.run("completion")).isZero();
    assertThat(line.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("complete -F _complete_portcullis -o default portcullis")
        .contains("--idempotency-key", "revoke-tokens", "--clear-tags", "import", "follow");
  }

  private static Stream<CommandLine> commands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(CommandSyntaxTest::commands));
  }
}
