package dev.portcullis.gateway.token;

/**
 * What a read of the store told.
 *
 * @param <T> what was looked for
 */
public sealed interface Lookup<T> {

  /** It is there. */
  record Found<T>(T value) implements Lookup<T> {}

  /** The store answered that it is not there. */
  record Absent<T>() implements Lookup<T> {}

  /**
   * It is there and cannot be read; it counts as absent, and is reported.
   *
   * @param problem without secrets
   */
  record Unreadable<T>(String problem) implements Lookup<T> {}

  /**
   * The store did not answer in time, or not sensibly. Says nothing of what was looked for.
   *
   * @param cause without secrets
   */
  record Unavailable<T>(String cause) implements Lookup<T> {}
}
