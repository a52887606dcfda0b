package dev.portcullis.gateway.control;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** What the registry and the store promise, for Reactor. */
final class Stages {
  private Stages() {}

  /**
   * What is asked for at each subscription. Whoever goes away cancels nothing that others share.
   */
  static <T> Mono<T> mono(Supplier<CompletionStage<T>> question) {
    return Mono.fromFuture(() -> question.get().toCompletableFuture(), true);
  }
}
