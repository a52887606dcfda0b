package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BurstTest {

  @Test
  void sendsThatManyAndNoMore() {
    AtomicInteger sent = new AtomicInteger();
    assertThat(Burst.run(7, 100, done -> {}, () -> new Sample(sent.incrementAndGet(), 0, 200)))
        .hasSize(100);
    assertThat(sent).hasValue(100);
  }

  @Test
  void theWorkersSendAtOnce() {
    CyclicBarrier together = new CyclicBarrier(16);
    assertThat(Burst.run(16, 16, done -> {}, () -> meet(together)))
        .extracting(Sample::status)
        .hasSize(16)
        .containsOnly(200);
  }

  private static Sample meet(CyclicBarrier together) {
    try {
      together.await(5, TimeUnit.SECONDS);
      return new Sample(0, 1, 200);
    } catch (Exception alone) {
      return new Sample(0, 1, 0);
    }
  }
}
