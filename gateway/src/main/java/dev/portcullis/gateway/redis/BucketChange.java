package dev.portcullis.gateway.redis;

/**
 * One change of a bucket, with all the tries that it needs. Bucket4j takes it for the key.
 *
 * <p>A try is lost when the bucket was changed between the read and the write. A gateway that is
 * farther from Redis than the others would lose for ever: so who has lost twice claims the next
 * turn, and until that is over all others' tries are lost.
 */
final class BucketChange {
  private static final int PATIENCE = 2;

  private final String key;
  private final String id;
  private volatile int losses;
  private volatile boolean hasTurn;

  /**
   * Not tried yet.
   *
   * @param key of the bucket
   * @param id that no other change has
   */
  BucketChange(String key, String id) {
    this.key = key;
    this.id = id;
  }

  String key() {
    return key;
  }

  /** Where it is written whose turn it is. */
  String turnKey() {
    return Keys.turn(key);
  }

  String id() {
    return id;
  }

  /** Whether the next turn is to be claimed, should the next try be lost. */
  boolean claims() {
    return losses >= PATIENCE;
  }

  /** Whether it was made, or with that word only has the next turn, or neither. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one try comes after the other
  boolean tried(String word) {
    boolean made = word.equals("made");
    hasTurn = word.equals("turn");
    losses += made ? 0 : 1;
    return made;
  }

  /** Whether it has a turn that it has not used. */
  boolean hasTurn() {
    return hasTurn;
  }
}
