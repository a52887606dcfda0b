package dev.portcullis.gateway.endpoint;

import java.util.concurrent.CompletionStage;

/** What answers requests that the chain has admitted to one of the gateway's own routes. */
@FunctionalInterface
public interface Endpoint {
  /** The reply. The stage never fails. */
  CompletionStage<Reply> answer(Call call);
}
