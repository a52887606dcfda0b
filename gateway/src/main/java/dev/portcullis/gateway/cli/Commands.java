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
      "1:refused or not found; problems in policy files, in the audit trail or in an import;"
          + " a gateway that is not serving as it should",
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
  private static final List<String> COMMANDS =
      List.of(
          "status",
          "principal",
          "token",
          "audit",
          "explain",
          "policy",
          "openapi",
          "completion",
          "version");
  private static final Set<String> OTHER_WORDS = Set.of("help", "--help", "-h", "--version", "-V");

  private Commands() {}

  /** Whether these are the arguments of a command, and not those of the gateway itself. */
  public static boolean isCommand(String... args) {
    return args.length > 0 && (COMMANDS.contains(args[0]) || OTHER_WORDS.contains(args[0]));
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
    return commandLine(surroundings, needed(args))
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.ansi()))
        .execute(args.toArray(String[]::new));
  }

  /**
   * Each command costs some time to build, so only the one that is wanted is, where that is known.
   */
  private static List<String> needed(List<String> args) {
    boolean one =
        !args.isEmpty() && COMMANDS.contains(args.getFirst()) && !args.contains("completion");
    return one ? args.subList(0, 1) : COMMANDS;
  }

  /** All of its commands. */
  static CommandLine commandLine(Surroundings surroundings) {
    return commandLine(surroundings, COMMANDS);
  }

  private static CommandLine commandLine(Surroundings surroundings, List<String> words) {
    CommandLine line = new CommandLine(new Commands());
    for (String word : words) {
      line.addSubcommand(command(word, surroundings));
    }
    return line;
  }

  private static Object command(String word, Surroundings surroundings) {
    return switch (word) {
      case "status" -> new StatusCommand(surroundings);
      case "principal" -> new PrincipalCommands(surroundings);
      case "token" ->
          new CommandLine(new TokenCommands(surroundings))
              .addSubcommand(new TokenRevocation(surroundings))
              .addSubcommand(new TokenImport(surroundings));
      case "audit" -> new AuditCommands(surroundings);
      case "explain" -> new ExplainCommand(surroundings);
      case "policy" -> new PolicyCommands(surroundings);
      case "openapi" -> new OpenApiCommand(surroundings);
      case "completion" -> new CompletionCommand(surroundings);
      default -> new VersionCommand(surroundings);
    };
  }
}
