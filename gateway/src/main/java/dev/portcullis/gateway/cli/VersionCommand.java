package dev.portcullis.gateway.cli;

import picocli.CommandLine.Command;

/** {@code portcullis version}. */
@Command(name = "version", description = "Shows the version.")
final class VersionCommand implements Runnable {
  private final Surroundings surroundings;

  VersionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    surroundings.out().println(Version.line());
  }
}
