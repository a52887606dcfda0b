package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Following ends only where it is refused, so each test ends with a refusal. */
class AuditFollowerTest extends AgainstDouble {
  private static final String EVENTS = "text/event-stream";

  private static String event(String id) {
    return "id: %1$s\ndata: {\"id\":\"%1$s\",\"at\":\"T%1$s\",\"actor\":\"op\",\"action\":\"a\"}\n\n"
        .formatted(id);
  }

  private void refuses() {
    control.answers(403, problem("Forbidden", "no longer"));
  }

  @Test
  void printsALineForEachEntry() {
    control.streams(EVENTS, ": hello\n\n" + event("1") + event("2"));
    refuses();
    assertThat(line.run("audit", "follow", "--actor", "op")).isEqualTo(1);
    assertThat(line.out()).isEqualTo("T1  op  a  -  -  -  -  -\nT2  op  a  -  -  -  -  -\n");
    assertThat(control.asked().getFirst().line()).isEqualTo("GET /v1/audit?actor=op");
    assertThat(control.asked().getFirst().accept())
        .hasValueSatisfying(accept -> assertThat(accept).startsWith(EVENTS));
  }

  @Test
  void goesOnAfterTheLastEntryThatItShowed() {
    control
        .breaksOffAfter(EVENTS, event("1") + "id: 2\ndata: {\"id\":")
        .streams(EVENTS, event("2"));
    control.answers(503, "{}").answers(500, "{}").answers(429, "{}");
    refuses();
    assertThat(line.run("audit", "follow", "--json")).isEqualTo(1);
    assertThat(control.asked().stream().map(asked -> asked.lastEventId().orElse("")))
        .containsExactly("", "1", "2", "2", "2", "2");
    assertThat(
            line.out().lines().map(text -> ControlClient.JSON.readTree(text).path("id").asString()))
        .containsExactly("1", "2");
    assertThat(line.pauses().stream().map(Duration::toSeconds)).containsExactly(1L, 1L, 2L, 4L, 8L);
  }

  @Test
  void doesNotWaitForAConnectionThatNeverWas() {
    control.hangsUp();
    assertThat(line.run("audit", "follow")).isEqualTo(3);
    assertThat(line.pauses()).isEmpty();
  }

  @Test
  void showsAnEntryAtOnceAndNotWhenTheStreamEnds() {
    CountDownLatch seen = new CountDownLatch(1);
    control.answers(
        (_, exchange) -> {
          exchange.getResponseHeaders().set("Content-Type", EVENTS);
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(event("1").getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          await().until(() -> seen.getCount() == 0);
        });
    refuses();
    CompletableFuture<Integer> run =
        CompletableFuture.supplyAsync(() -> line.run("audit", "follow"));
    await().untilAsserted(() -> assertThat(line.out()).startsWith("T1  op"));
    assertThat(run).isNotDone();
    seen.countDown();
    assertThat(run.join()).isEqualTo(1);
  }

  @Test
  void showsWhatIsNoJsonHarmlessly() {
    control.streams(EVENTS, "data: \u001b[31mred\n\nid: bad id\ndata: {\"at\":\"\u009b2J\"}\n\n");
    refuses();
    line.run("audit", "follow");
    assertThat(line.out()).isEqualTo("?[31mred\n?2J  -  -  -  -  -  -  -\n");
    assertThat(control.asked().get(1).lastEventId()).isEmpty();
  }
}
