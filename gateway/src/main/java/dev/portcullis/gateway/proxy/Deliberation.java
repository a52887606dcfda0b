package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.Decision;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The making of one decision.
 *
 * @param decision as it is made; other requests may wait for the same
 * @param begun reading of the monotonic clock
 * @param atOnce whether nobody had to be asked
 */
record Deliberation(CompletableFuture<Decision> decision, long begun, boolean atOnce) {

  static Deliberation of(CompletionStage<Decision> stage, long begun) {
    CompletableFuture<Decision> decision = stage.toCompletableFuture();
    return new Deliberation(decision, begun, decision.isDone());
  }
}
