package dev.portcullis.gateway.cli;

/** What a command tells the program that ran it. */
final class ExitCode {
  /** It was done. */
  static final int OK = 0;

  /** It was refused, or what it was about does not exist or is not as it should be. */
  static final int REFUSED = 1;

  /** It was not asked for properly. */
  static final int USAGE = 2;

  /** The control plane was not reached, or could not answer. */
  static final int UNREACHABLE = 3;

  private ExitCode() {}
}
