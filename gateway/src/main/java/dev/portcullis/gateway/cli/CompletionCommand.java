package dev.portcullis.gateway.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code portcullis completion}. */
@Command(
    name = "completion",
    description = {
      "Shows the completion script for bash and zsh:",
      "portcullis completion > /etc/bash_completion.d/portcullis"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
  private final Surroundings surroundings;
  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    surroundings.out().print(AutoComplete.bash("portcullis", spec.root().commandLine()));
    surroundings.out().flush();
  }
}
