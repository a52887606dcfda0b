package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private static final Sample OK = new Sample(0, 1, 200);

  @Test
  void sendsTheNextThoughEarlierOnesWait() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(3);
    CompletableFuture<Sample> answer = new CompletableFuture<>();
    OpenLoop loop =
        OpenLoop.start(
            Duration.ofMillis(1),
            3,
            i -> {
              sent.countDown();
              return answer.join();
            });
    assertThat(sent.await(5, TimeUnit.SECONDS)).isTrue();
    answer.complete(OK);
    assertThat(loop.stop()).containsExactly(OK, OK, OK);
  }

  @Test
  void endsAtItsLimit() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(2);
    OpenLoop loop =
        OpenLoop.start(
            Duration.ofNanos(1),
            2,
            i -> {
              sent.countDown();
              return new Sample(i, i, 200);
            });
    assertThat(sent.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(loop.stop()).extracting(Sample::sent).containsExactlyInAnyOrder(0L, 1L);
  }
}
