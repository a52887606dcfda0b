package dev.portcullis.gateway.token;

import dev.portcullis.gateway.registry.Outcome;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Takes the answers of the store's ports apart, and fails the test when they are others. */
public final class Answers {
  private static final int PATIENCE_SECONDS = 5;

  private Answers() {}

  /** What the stage comes to. */
  public static <T> T of(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** What was found. */
  public static <T> T found(CompletionStage<Lookup<T>> stage) {
    Lookup<T> lookup = of(stage);
    if (lookup instanceof Lookup.Found<T>(T value)) {
      return value;
    }
    throw new AssertionError("not found, but " + lookup);
  }

  /** What was done. */
  public static <T> T done(CompletionStage<Outcome<T>> stage) {
    Outcome<T> outcome = of(stage);
    if (outcome instanceof Outcome.Done<T>(T value)) {
      return value;
    }
    throw new AssertionError("not done, but " + outcome);
  }
}
