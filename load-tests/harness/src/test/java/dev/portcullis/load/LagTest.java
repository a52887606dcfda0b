package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LagTest {
  private static final long ANSWERED = 1_000_000_000;

  @Test
  void runsFromTheAnswerToTheLast200() {
    List<Sample> samples =
        List.of(sample(-8, -6, 200), sample(7, 10, 200), sample(3, 12, 200), sample(9, 90, 401));
    assertThat(Lag.of(true, ANSWERED, samples)).isEqualTo(new Lag(true, 7, 12));
  }

  @Test
  void isZeroWhereNo200CameAfterTheAnswer() {
    List<Sample> samples = List.of(sample(-8, -6, 200), sample(-4, 2, 401));
    assertThat(Lag.of(false, ANSWERED, samples)).isEqualTo(new Lag(false, 0, 0));
  }

  @Test
  void noticesATokenThatCameBack() {
    List<Sample> samples = List.of(sample(5, 6, 401), sample(1_200, 1_201, 200));
    assertThat(Lag.of(false, ANSWERED, samples).lastReceivedMillis()).isEqualTo(1_201);
  }

  private static Sample sample(long sentMillis, long receivedMillis, int status) {
    return new Sample(
        ANSWERED + sentMillis * 1_000_000, ANSWERED + receivedMillis * 1_000_000, status);
  }
}
