package dev.portcullis.gateway.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Steps from one {@link Outcome} to the next. */
public final class Outcomes {
  private Outcomes() {}

  /** What comes next where it is done; all else stands. */
  public static <T extends @Nullable Object, R extends @Nullable Object>
      CompletionStage<Outcome<R>> then(
          Outcome<T> outcome, Function<T, CompletionStage<Outcome<R>>> next) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> next.apply(value);
      case Outcome.NotFound<T> it -> of(new Outcome.NotFound<>());
      case Outcome.Conflict<T>(String field, String detail) ->
          of(new Outcome.Conflict<>(field, detail));
      case Outcome.Unavailable<T>(String cause) -> of(new Outcome.Unavailable<>(cause));
    };
  }

  static <T extends @Nullable Object> CompletionStage<Outcome<T>> done(T value) {
    return of(new Outcome.Done<>(value));
  }

  static <T extends @Nullable Object> CompletionStage<Outcome<T>> conflict(
      String field, String detail) {
    return of(new Outcome.Conflict<>(field, detail));
  }

  /** Somebody else was at it too; to be tried again with what is there now. */
  public static <T extends @Nullable Object> Outcome<T> changedMeanwhile() {
    return new Outcome.Conflict<>("state", "it was changed at the same time; ask again");
  }

  private static <T extends @Nullable Object> CompletionStage<Outcome<T>> of(Outcome<T> outcome) {
    return CompletableFuture.completedStage(outcome);
  }
}
