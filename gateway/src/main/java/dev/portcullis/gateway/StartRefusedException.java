package dev.portcullis.gateway;

import java.util.function.Supplier;

/** The gateway cannot start as it is set up; says what is wrong and what to do. */
final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String action;

  StartRefusedException(String problem, String action) {
    super(problem);
    this.action = action;
  }

  /** What was made of a setting, or the refusal to start with what is wrong with it. */
  static <T> T checked(String setting, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new StartRefusedException(
          setting + ": " + e.getMessage(), "Mend the setting and start again.");
    }
  }

  /** The next step, for people. */
  String action() {
    return action;
  }
}
