package dev.portcullis.gateway;

/** The gateway cannot start as it is set up; says what is wrong and what to do. */
final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String action;

  StartRefusedException(String problem, String action) {
    super(problem);
    this.action = action;
  }

  /** The next step, for people. */
  String action() {
    return action;
  }
}
