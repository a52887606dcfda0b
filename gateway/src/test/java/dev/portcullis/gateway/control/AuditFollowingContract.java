package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The audit trail as it grows, wherever it is kept. */
public abstract class AuditFollowingContract extends ControlPlaneKit {

  private List<String> following(Asker asker, String path, String... headers) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Stream<String> events = asker.adding("Accept", "text/event-stream").follow(path, headers);
    ASIDE.execute(() -> events.forEach(lines::add));
    await().until(() -> lines.contains(":"));
    return lines;
  }

  @Test
  void followsWhatComesAndOnlyThat() {
    String owner = principal("acme");
    List<String> lines = following(operator, "/v1/audit?principal=" + owner);
    token(principal("acme"));
    String id = idOf(token(owner));
    await().until(() -> lines.stream().anyMatch(it -> it.startsWith("data:")));
    JsonNode entry = audit("principal=" + owner).getLast();
    assertThat(lines).contains("id:" + of(entry, "id"), "data:" + entry);
    assertThat(lines.stream().filter(it -> it.startsWith("data:"))).hasSize(1);
    assertThat(lines.toString()).contains(id);
  }

  @Test
  void followsFromTheEntryThatWasSeenLast() {
    String owner = principal("acme");
    token(owner);
    token(owner);
    List<JsonNode> all = audit("principal=" + owner);
    List<String> lines =
        following(operator, "/v1/audit?principal=" + owner, "Last-Event-ID", of(all.get(0), "id"));
    await().until(() -> lines.stream().filter(it -> it.startsWith("data:")).count() == 2);
    assertThat(lines).contains("id:" + of(all.get(1), "id"), "id:" + of(all.get(2), "id"));
    operator
        .adding("Accept", "text/event-stream")
        .adding("Last-Event-ID", "x")
        .get("/v1/audit")
        .isRefusal(400, "Last-Event-ID");
  }

  @Test
  void endsForAFollowerWhoMayNoLonger() {
    Asker delegate = delegate("acme", "portcullis/audit:read");
    Stream<String> events = delegate.adding("Accept", "text/event-stream").follow("/v1/audit");
    CompletableFuture<Long> ended = CompletableFuture.supplyAsync(events::count, ASIDE);
    String id =
        delegate
            .get("/v1/audit?limit=200")
            .json()
            .at("/items")
            .valueStream()
            .filter(it -> of(it, "action").equals("token.create"))
            .map(it -> of(it, "token"))
            .reduce((a, b) -> b)
            .orElseThrow();
    assertThat(ended).isNotDone();
    operator.delete("/v1/tokens/" + id);
    await().until(ended::isDone);
  }

  @Test
  void letsSoManyFollowAndNoMore() {
    List<Stream<String>> open = new ArrayList<>();
    Asker follower = operator.adding("Accept", "text/event-stream");
    int status = 200;
    for (int i = 0; i < 40 && status == 200; i++) {
      status = follower.begin("/v1/audit", open);
    }
    assertThat(status).isEqualTo(429);
    assertThat(open.size()).isBetween(28, 32);
    open.forEach(Stream::close);
    await().until(() -> follower.begin("/v1/audit", open) == 200);
    open.forEach(Stream::close);
  }
}
