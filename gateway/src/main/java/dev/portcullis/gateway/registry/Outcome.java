package dev.portcullis.gateway.registry;

/**
 * What became of a request to the registry.
 *
 * @param <T> what it gives when done
 */
public sealed interface Outcome<T> {

  /** It is done, and the store has said so. */
  record Done<T>(T value) implements Outcome<T> {}

  /** There is no such thing. */
  record NotFound<T>() implements Outcome<T> {}

  /**
   * The state of the store forbids it; nothing was changed.
   *
   * @param field of the request
   * @param detail for people
   */
  record Conflict<T>(String field, String detail) implements Outcome<T> {}

  /**
   * The store did not take it, or did not say so in time.
   *
   * @param cause without secrets
   */
  record Unavailable<T>(String cause) implements Outcome<T> {}
}
