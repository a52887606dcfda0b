package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.SecretText;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The port through which secrets are put, encrypted, where the programs that use them fetch them by
 * name. Stages never fail.
 */
public interface ParameterStore {

  /** Puts a secret where there is none of this name; one that is there is left alone. */
  CompletionStage<Put> put(Parameter parameter, Optional<String> key, SecretText value);

  /** Deletes it, where it still is this token's. What is left is logged. */
  CompletionStage<Deletion> delete(Parameter parameter);

  /**
   * Whether gateways with other registries may put secrets here: a token that is not known here may
   * be one of theirs.
   */
  boolean isShared();

  /** What became of a put. */
  sealed interface Put {}

  /** It is there, and the store has said so. */
  record Stored() implements Put {}

  /**
   * There is one of this name; nothing was changed.
   *
   * @param token the id of the token whose secret it is; empty where it is none of the gateway's
   */
  record Taken(Optional<String> token) implements Put {}

  /**
   * The store does not take it, now or later; nothing was changed.
   *
   * @param field of the request: {@code storage}, or within it {@code name} or {@code key}
   * @param detail for people, without secrets
   */
  record Refused(String field, String detail) implements Put {}

  /**
   * It could not be put; nothing was changed.
   *
   * @param cause without secrets
   */
  record Failed(String cause) implements Put {}

  /**
   * The store did not say: it may be there.
   *
   * @param cause without secrets
   */
  record Unknown(String cause) implements Put {}

  /** What became of a deletion. */
  enum Deletion {
    /** It was there and is no more. */
    DELETED,
    /** There is none that is this token's; a put that is still on its way may bring it. */
    ABSENT,
    /** It may still be there. */
    LEFT
  }
}
