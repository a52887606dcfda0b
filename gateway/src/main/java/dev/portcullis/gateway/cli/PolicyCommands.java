package dev.portcullis.gateway.cli;

import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyReader;
import dev.portcullis.policy.Problem;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code portcullis policy ...}: what says which tokens open which routes. */
@Command(
    name = "policy",
    description = "Policy files, which say what opens which route.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class PolicyCommands {
  private final Surroundings surroundings;

  PolicyCommands(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(
      description = "Shows all that is wrong or doubtful in the policy files of a directory.",
      mixinStandardHelpOptions = true)
  int lint(@Parameters(paramLabel = "DIR") Path directory) {
    List<Problem> problems = problems(surroundings.directory().resolve(directory));
    problems.forEach(surroundings.out()::println);
    surroundings.out().flush();
    return problems.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static List<Problem> problems(Path directory) {
    return switch (PolicyReader.readDirectory(directory)) {
      case PolicyReader.Read(List<Policy> _, List<Problem> warnings) -> warnings;
      case PolicyReader.Unsound(List<Problem> problems) -> problems;
    };
  }
}
