package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private final TestClock clock = new TestClock();
  private final Allowance allowance = new Allowance(20, clock);

  private long taken(int asked) {
    return IntStream.range(0, asked).filter(_ -> allowance.take()).count();
  }

  @Test
  void givesWhatASecondBringsAndNoMore() {
    assertThat(taken(100)).isEqualTo(20);
    clock.advance(Duration.ofMillis(49));
    assertThat(taken(100)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(taken(100)).isEqualTo(1);
    clock.advance(Duration.ofDays(1));
    assertThat(taken(100)).isEqualTo(20);
  }

  @Test
  void givesNothingForAClockThatIsSetBack() {
    assertThat(taken(20)).isEqualTo(20);
    clock.advance(Duration.ofHours(-1));
    assertThat(taken(1)).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(taken(100)).isEqualTo(20);
  }
}
