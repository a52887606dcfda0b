package dev.portcullis.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EventualTest {
  private final CompletableFuture<Integer> awaited = new CompletableFuture<>();

  @Test
  void isThereWhereTheStageIsComplete() {
    assertThat(Eventual.of(CompletableFuture.completedStage(1))).isEqualTo(new Eventual.Now<>(1));
    assertThat(Eventual.of(CompletableFuture.completedFuture(1))).isEqualTo(new Eventual.Now<>(1));
  }

  @Test
  void hasAtOnceWhatFollowsFromWhatIsThere() {
    assertThat(new Eventual.Now<>(1).map(it -> it + 1).then(Eventual.Now::new))
        .isEqualTo(new Eventual.Now<>(2));
  }

  @Test
  void throwsAtOnceWhatIsThrownOverWhatIsThere() {
    assertThatThrownBy(() -> new Eventual.Now<>(1).map(EventualTest::breaking))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void waitsForWhatIsNotThere() {
    CompletableFuture<Integer> end =
        Eventual.of(awaited)
            .map(it -> it + 1)
            .then(it -> Eventual.of(CompletableFuture.completedStage(it + 1)))
            .stage()
            .toCompletableFuture();
    assertThat(end).isNotDone();

    awaited.complete(1);
    assertThat(end).isCompletedWithValue(3);
  }

  @Test
  void failsAsAStageWhereWhatIsAwaitedFails() {
    CompletableFuture<Integer> failed = CompletableFuture.failedFuture(new IllegalStateException());
    assertThat(Eventual.of(failed).map(it -> it + 1).stage().toCompletableFuture())
        .isCompletedExceptionally();
  }

  @Test
  void failsAsAStageWhatIsThrownOverWhatWasAwaited() {
    CompletableFuture<Integer> end =
        Eventual.of(awaited).map(EventualTest::breaking).stage().toCompletableFuture();
    awaited.complete(1);
    assertThat(end).isCompletedExceptionally();
  }

  private static int breaking(int any) {
    throw new IllegalStateException("broken by " + any);
  }
}
