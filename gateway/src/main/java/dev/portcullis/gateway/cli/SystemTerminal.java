package dev.portcullis.gateway.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The terminal that the program was started from. */
final class SystemTerminal implements Terminal {
  private static final int OUT = 1;
  private static final int ERR = 2;

  @Override
  public boolean canAsk() {
    return console().isPresent();
  }

  @Override
  public boolean showsOut() {
    return isTerminal(OUT);
  }

  @Override
  public boolean showsErr() {
    return isTerminal(ERR);
  }

  @Override
  public Optional<String> askSecret(String question) {
    return asked(
        console -> {
          char[] typed = console.readPassword("%s", question);
          return typed == null ? null : new String(typed);
        });
  }

  @Override
  public Optional<String> ask(String question) {
    return asked(console -> console.readLine("%s", question));
  }

  private static Optional<String> asked(Function<Console, @Nullable String> question) {
    return console()
        .flatMap(console -> Optional.ofNullable(question.apply(console)))
        .filter(typed -> !typed.isBlank());
  }

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  /** The console stands for input and output together; each alone is told where Linux tells it. */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
    try {
      return Files.readSymbolicLink(link).toString().matches("/dev/(pts/\\d+|tty\\w*|console)");
    } catch (IOException | UnsupportedOperationException e) {
      return console().isPresent();
    }
  }
}
