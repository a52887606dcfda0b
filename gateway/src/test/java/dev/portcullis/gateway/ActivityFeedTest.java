package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.proxy.Activity;
import dev.portcullis.gateway.proxy.ServedRequest;
import dev.portcullis.gateway.registry.Change;
import dev.portcullis.gateway.registry.Commit;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How admitted requests get into the audit trail, by a store that takes them or not. */
class ActivityFeedTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Commit GONE = new Commit.Unavailable("gone");

  private final Activity activity = new Activity(250, () -> NOW);
  private final List<Change> changes = Collections.synchronizedList(new ArrayList<>());
  private volatile CompletionStage<Commit> answer =
      CompletableFuture.completedStage(new Commit.Done());
  private final ActivityFeed feed =
      new ActivityFeed(
          activity,
          change -> {
            changes.add(change);
            return answer;
          });

  @AfterEach
  void end() {
    answer = CompletableFuture.completedStage(GONE);
    feed.close();
  }

  private void record(String path, int status) {
    activity.record(
        new ServedRequest(
            NOW,
            "ada",
            Optional.of("acme"),
            "s1",
            Optional.of("t1"),
            Optional.of(InetAddress.ofLiteral("192.0.2.7")),
            "POST",
            path,
            status,
            "logs:POST /**"));
  }

  private List<String> details() {
    return List.copyOf(changes).stream()
        .flatMap(change -> change.entries().stream())
        .map(AuditEntry::detail)
        .toList();
  }

  @Test
  void saysWhoAskedForWhatFromWhereAndHowItWasAnswered() {
    record("/logs/a%20b", 201);
    feed.begun();
    await().until(() -> changes.size() == 1);
    assertThat(changes.getFirst().writes()).isEmpty();
    AuditEntry entry = changes.getFirst().entries().getFirst();
    assertThat(entry.at()).isEqualTo(NOW);
    assertThat(entry.author())
        .isEqualTo(new Author("ada", Optional.of("s1"), Optional.of("192.0.2.7")));
    assertThat(entry.action().word()).isEqualTo("request");
    assertThat(entry.refused()).isFalse();
    assertThat(entry.principal()).contains("ada");
    assertThat(entry.organization()).contains("acme");
    assertThat(entry.token()).contains("t1");
    assertThat(entry.detail()).isEqualTo("POST /logs/a%20b -> 201 (logs:POST /**)");
    await().until(() -> activity.kept() == 0);
  }

  @Test
  void saysThatThereWasNoAnswerAndShortensLongPaths() {
    record("/gone", ServedRequest.NO_ANSWER);
    record("/" + "x".repeat(4_000), 200);
    feed.begun();
    await().until(() -> details().size() == 2);
    assertThat(details().getFirst()).isEqualTo("POST /gone -> no answer (logs:POST /**)");
    assertThat(details().getLast())
        .isEqualTo("POST /" + "x".repeat(1_023) + "... -> 200 (logs:POST /**)");
  }

  @Test
  void writesOneBatchBehindTheOther() {
    CompletableFuture<Commit> slow = new CompletableFuture<>();
    answer = slow;
    for (int i = 0; i < 250; i++) {
      record("/" + i, 200);
    }
    feed.begun();
    await().until(() -> changes.size() == 1);
    assertThat(changes.getFirst().entries()).hasSize(100);
    answer = CompletableFuture.completedStage(new Commit.Done());
    slow.complete(new Commit.Done());
    await().until(() -> activity.kept() == 0);
    assertThat(changes).hasSize(3);
    assertThat(details()).hasSize(250).startsWith("POST /0 -> 200 (logs:POST /**)");
    assertThat(details()).doesNotHaveDuplicates();
  }

  @Test
  void keepsWhatTheStoreDoesNotTakeUntilItDoesAndDropsOnlyWhatThereIsNoRoomFor() {
    answer = CompletableFuture.completedStage(GONE);
    for (int i = 0; i < 255; i++) {
      record("/" + i, 200);
    }
    feed.begun();
    await().until(() -> changes.size() > 2);
    assertThat(activity.kept()).isEqualTo(250);
    assertThat(activity.dropped()).isEqualTo(5);
    changes.clear();
    answer = CompletableFuture.completedStage(new Commit.Done());
    await().until(() -> activity.kept() == 0);
    assertThat(details())
        .contains("POST /0 -> 200 (logs:POST /**)", "POST /249 -> 200 (logs:POST /**)");
    assertThat(activity.dropped()).isEqualTo(5);
  }

  @Test
  void outlivesARegistryThatFailsUnexpectedly() {
    answer = CompletableFuture.failedStage(new IllegalStateException("broken"));
    record("/x", 200);
    feed.begun();
    await().until(() -> changes.size() > 1);
    answer = CompletableFuture.completedStage(new Commit.Done());
    await().until(() -> activity.kept() == 0);
  }

  @Test
  void writesAllThatIsLeftWhenItIsClosed() {
    for (int i = 0; i < 250; i++) {
      record("/" + i, 200);
    }
    feed.close();
    assertThat(details()).hasSize(250);
    assertThat(activity.kept()).isZero();
  }

  @Test
  void endsWithoutAStoreThatTakesAnything() {
    answer = new CompletableFuture<>();
    record("/x", 200);
    feed.close();
    assertThat(activity.kept()).isEqualTo(1);
  }
}
