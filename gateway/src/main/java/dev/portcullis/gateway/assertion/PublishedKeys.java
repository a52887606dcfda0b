package dev.portcullis.gateway.assertion;

import dev.portcullis.gateway.endpoint.Call;
import dev.portcullis.gateway.endpoint.Endpoint;
import dev.portcullis.gateway.endpoint.Reply;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The endpoint that tells everybody with which keys assertions are verified (RFC 7517). */
public final class PublishedKeys implements Endpoint {
  private final KeyRing ring;

  public PublishedKeys(KeyRing ring) {
    this.ring = ring;
  }

  @Override
  public CompletionStage<Reply> answer(Call call) {
    return CompletableFuture.completedStage(
        new Reply(
            200,
            Map.of(
                "Content-Type",
                "application/json",
                "Cache-Control",
                "public, max-age=" + ring.publishedFor().toSeconds()),
            ring.published()));
  }
}
