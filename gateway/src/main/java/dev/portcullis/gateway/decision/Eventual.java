package dev.portcullis.gateway.decision;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * A value that is there already, or will be. What follows one that is there follows at once, as
 * plain calls do; only what is waited for becomes stages.
 */
sealed interface Eventual<T> {

  /** It is there. */
  record Now<T>(T value) implements Eventual<T> {
    @Override
    public <R> Eventual<R> map(Function<T, R> next) {
      return new Now<>(next.apply(value));
    }

    @Override
    public <R> Eventual<R> then(Function<T, Eventual<R>> next) {
      return next.apply(value);
    }

    @Override
    public CompletionStage<T> stage() {
      return CompletableFuture.completedStage(value);
    }
  }

  /** It will be there when this stage is complete, or never, when that fails. */
  record Later<T>(CompletionStage<T> stage) implements Eventual<T> {
    @Override
    public <R> Eventual<R> map(Function<T, R> next) {
      return new Later<>(stage.thenApply(next));
    }

    @Override
    public <R> Eventual<R> then(Function<T, Eventual<R>> next) {
      return new Later<>(stage.thenCompose(value -> next.apply(value).stage()));
    }
  }

  /** What this stage gives. */
  static <T> Eventual<T> of(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    return future.state() == Future.State.SUCCESS
        ? new Now<>(future.resultNow())
        : new Later<>(stage);
  }

  /** What is made of the value; throws what {@code next} throws where that is now. */
  <R> Eventual<R> map(Function<T, R> next);

  /** The same where that may have to be waited for, too. */
  <R> Eventual<R> then(Function<T, Eventual<R>> next);

  /** For those who speak stages only; complete already where the value is there. */
  CompletionStage<T> stage();
}
