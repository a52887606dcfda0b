package dev.portcullis.gateway.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line, {@code portcullis COMMAND}. */
@Command(
    name = "portcullis",
    description = "Speaks to the control plane of a Portcullis gateway.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = HelpCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused or not found; problems in policy files",
      "2:not a proper command",
      "3:the control plane was not reached or could not answer"
    },
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  PORTCULLIS_CONTROL              the control plane's URL",
      "  PORTCULLIS_OPERATOR_TOKEN       the operator token",
      "  PORTCULLIS_OPERATOR_TOKEN_FILE  the file that holds it",
      "  NO_COLOR                        no colours"
    })
public final class Commands {
  private static final Set<String> WORDS =
      Set.of("principal", "token", "policy", "version", "help", "--help", "-h", "--version", "-V");

  private Commands() {}

  /** Whether these are the arguments of a command, and not those of the gateway itself. */
  public static boolean isCommand(String... args) {
    return args.length > 0 && WORDS.contains(args[0]);
  }

  /**
   * Runs one command.
   *
   * @return 0 done; 1 refused; 2 not a proper command; 3 the control plane was not reached
   */
  public static int run(String... args) {
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    return run(
        new Surroundings(System.getenv(), Path.of(""), out, err, Commands::ask), List.of(args));
  }

  static int run(Surroundings surroundings, List<String> args) {
    return new CommandLine(new Commands())
        .addSubcommand(new PrincipalCommands(surroundings))
        .addSubcommand(new TokenCommands(surroundings))
        .addSubcommand(new PolicyCommands(surroundings))
        .addSubcommand(new VersionCommand(surroundings))
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .execute(args.toArray(String[]::new));
  }

  private static Optional<String> ask() {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> console.readPassword("Operator token: "))
        .map(String::new);
  }
}
