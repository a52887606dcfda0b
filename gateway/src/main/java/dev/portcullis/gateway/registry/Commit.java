package dev.portcullis.gateway.registry;

/** What became of a {@link Change}. */
public sealed interface Commit {

  /** It is made, and the store has said so. */
  record Done() implements Commit {}

  /** Something it takes for granted is not so; nothing was changed. */
  record Obstructed(Obstacle obstacle) implements Commit {}

  /**
   * The store did not take it, or did not say so in time; it may or may not have been made.
   *
   * @param cause without secrets
   */
  record Unavailable(String cause) implements Commit {}

  /** What a change took for granted and is not so. */
  enum Obstacle {
    PRINCIPAL_EXISTS,
    PRINCIPAL_CHANGED,
    TOKEN_EXISTS,
    TOKEN_CHANGED,
    SECRET_KNOWN,
    TRAIL_TRIMMED,
    REQUEST_KNOWN
  }
}
