package dev.portcullis.gateway.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
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
      "1:refused or not found; problems in policy files, in the audit trail or in an import",
      "2:not a proper command",
      "3:the control plane was not reached or could not answer"
    },
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  PORTCULLIS_CONTROL              the control plane's URL",
      "  PORTCULLIS_OPERATOR_TOKEN       the operator token",
      "  PORTCULLIS_OPERATOR_TOKEN_FILE  the file that holds it",
      "  PORTCULLIS_TOKEN                the token of the request to explain",
      "  NO_COLOR                        no colours"
    })
public final class Commands {
  private static final Set<String> WORDS =
      Set.of(
          "principal",
          "token",
          "audit",
          "explain",
          "policy",
          "openapi",
          "completion",
          "version",
          "help",
          "--help",
          "-h",
          "--version",
          "-V");

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
        new Surroundings(
            System.getenv(), Path.of(""), System.in, out, err, new SystemTerminal(), Pace.SYSTEM),
        List.of(args));
  }

  static int run(Surroundings surroundings, List<String> args) {
    return commandLine(surroundings)
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.ansi()))
        .execute(args.toArray(String[]::new));
  }

  /** All of its commands. */
  static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new Commands())
        .addSubcommand(new PrincipalCommands(surroundings))
        .addSubcommand(
            new CommandLine(new TokenCommands(surroundings))
                .addSubcommand(new TokenRevocation(surroundings))
                .addSubcommand(new TokenImport(surroundings)))
        .addSubcommand(new AuditCommands(surroundings))
        .addSubcommand(new ExplainCommand(surroundings))
        .addSubcommand(new PolicyCommands(surroundings))
        .addSubcommand(new OpenApiCommand(surroundings))
        .addSubcommand(new CompletionCommand(surroundings))
        .addSubcommand(new VersionCommand(surroundings));
  }
}
