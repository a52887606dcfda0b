package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.SecretText;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The port through which the gateway itself hands out what was put in its own store. */
@FunctionalInterface
public interface ParameterReader {

  /**
   * The parameter of this organization; {@code Conflict("key", ...)} where it cannot be decrypted.
   * The stage never fails.
   */
  CompletionStage<Outcome<Found>> read(Optional<String> organization, String name);

  /**
   * A parameter and what is in it.
   *
   * @param value as it was put
   */
  record Found(Parameter parameter, SecretText value) {}
}
