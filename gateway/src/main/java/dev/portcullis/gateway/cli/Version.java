package dev.portcullis.gateway.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the program. */
final class Version implements IVersionProvider {

  /** As the jar's manifest has it; a program that runs from its classes has none. */
  static String line() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "portcullis " + (version == null ? "development" : version);
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
