package dev.portcullis.gateway.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Reading and changing, again where others changed the same in between. */
final class Repeated {
  private static final int ATTEMPTS = 20;

  private Repeated() {}

  /** The first outcome that is not {@link Outcomes#changedMeanwhile}, or at last that. */
  static <T> CompletionStage<Outcome<T>> whileObstructed(
      Supplier<CompletionStage<Outcome<T>>> attempt) {
    return attempt(attempt, ATTEMPTS);
  }

  private static <T> CompletionStage<Outcome<T>> attempt(
      Supplier<CompletionStage<Outcome<T>>> attempt, int left) {
    return attempt
        .get()
        .thenCompose(
            outcome ->
                left > 1 && outcome.equals(Outcomes.changedMeanwhile())
                    ? attempt(attempt, left - 1)
                    : CompletableFuture.completedStage(outcome));
  }
}
