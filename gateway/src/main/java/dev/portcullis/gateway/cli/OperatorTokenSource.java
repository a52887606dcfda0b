package dev.portcullis.gateway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the operator token comes from. Never from the arguments, which any user can list. */
final class OperatorTokenSource {
  private static final String TOKEN = "PORTCULLIS_OPERATOR_TOKEN";
  private static final String TOKEN_FILE = "PORTCULLIS_OPERATOR_TOKEN_FILE";
  private static final Path DEFAULT_FILE = Path.of("data", "operator-token");

  /** What became of the search. */
  sealed interface Result {}

  /** Here it is. */
  record Found(String token) implements Result {
    @Override
    public String toString() {
      return "***";
    }
  }

  /**
   * There is none.
   *
   * @param message for people
   */
  record Missing(String message) implements Result {}

  private OperatorTokenSource() {}

  /** Looks for the token in the named file, the environment, the gateway's own file; then asks. */
  static Result find(Surroundings surroundings, Optional<Path> named) {
    if (named.isPresent()) {
      return read(surroundings.directory().resolve(named.get()));
    }
    String token = surroundings.environment().get(TOKEN);
    if (token != null) {
      return checked(token, TOKEN);
    }
    String file = surroundings.environment().get(TOKEN_FILE);
    if (file != null) {
      return read(surroundings.directory().resolve(file));
    }
    Path usual = surroundings.directory().resolve(DEFAULT_FILE);
    if (Files.exists(usual)) {
      return read(usual);
    }
    return surroundings
        .terminal()
        .askSecret("Operator token: ")
        .map(asked -> checked(asked, "what you typed"))
        .orElseGet(
            () ->
                new Missing(
                    "no operator token: name its file with --operator-token-file, or set "
                        + TOKEN
                        + " or "
                        + TOKEN_FILE));
  }

  private static Result read(Path file) {
    try {
      return checked(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
    } catch (IOException e) {
      return new Missing("the operator token's file cannot be read: " + e);
    }
  }

  private static Result checked(String text, String where) {
    String token = text.strip();
    boolean lawful = !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    return lawful ? new Found(token) : new Missing(where + " is no operator token");
  }
}
