package dev.portcullis.gateway.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command finds around it.
 *
 * @param environment its variables
 * @param directory where it was started
 * @param in what is sent to it
 * @param out for what was asked for
 * @param err for what went wrong, and for progress
 * @param terminal the person in front of it
 * @param pace how time passes
 */
record Surroundings(
    Map<String, String> environment,
    Path directory,
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    Terminal terminal,
    Pace pace) {

  /** How to write to {@code out}: in colours only on a terminal, and not against NO_COLOR. */
  Ansi ansi() {
    return ansi(terminal.showsOut());
  }

  /** How to write to {@code err}. */
  Ansi ansiOfErr() {
    return ansi(terminal.showsErr());
  }

  private Ansi ansi(boolean shown) {
    boolean wanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return shown && wanted ? Ansi.ON : Ansi.OFF;
  }
}
