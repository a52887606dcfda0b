package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With 60 s of silence allowed, and 256 bytes a second over 30 s. */
class BodyPaceTest {
  private final BodyPace pace = new BodyPace(ClientBounds.DEFAULT);

  @Test
  void aSilentBodyIsTooSlowAfterTheIdleTime() {
    pace.begin(false);
    pace.await(at(100));
    assertThat(secondsLeft(159)).isEqualTo(1);
    assertThat(secondsLeft(160)).isZero();
  }

  @Test
  void anyByteEndsASilence() {
    pace.begin(false);
    pace.await(at(0));
    pace.came(at(59), 1);
    pace.await(at(59));
    assertThat(secondsLeft(60)).isEqualTo(59);
  }

  @Test
  void timeInWhichNobodyReadsIsNotTheClients() {
    pace.begin(true);
    pace.await(at(0));
    pace.came(at(1), 1);
    assertThat(secondsLeft(1_000)).isEqualTo(29);
    pace.await(at(1_000));
    assertThat(secondsLeft(1_000)).isEqualTo(29);
    assertThat(secondsLeft(1_029)).isZero();
  }

  @Test
  void anAnnouncedBodyBelowItsRateIsTooSlow() {
    pace.begin(true);
    trickle(0, 29, 255);
    assertThat(secondsLeft(29)).isEqualTo(1);
    trickle(29, 30, 255);
    assertThat(secondsLeft(30)).isZero();
  }

  @Test
  void anAnnouncedBodyAtItsRateMayTakeAnyTime() {
    pace.begin(true);
    for (int second = 0; second < 3_600; second++) {
      trickle(second, second + 1, 256);
      assertThat(secondsLeft(second + 1)).isPositive();
    }
  }

  @Test
  void whatCameEarlyDoesNotPayForLaterStretches() {
    pace.begin(true);
    pace.await(at(0));
    pace.came(at(1), 1_000_000);
    pace.await(at(1));
    assertThat(secondsLeft(30)).isEqualTo(30);
    assertThat(secondsLeft(60)).isZero();
  }

  @Test
  void aBodyWithoutALengthMayComeByteByByte() {
    pace.begin(false);
    trickle(0, 3_600, 1);
    assertThat(secondsLeft(3_600)).isEqualTo(60);
  }

  @Test
  void theNextBodyBeginsAnew() {
    pace.begin(true);
    trickle(0, 29, 1);
    pace.begin(true);
    pace.await(at(30));
    assertThat(secondsLeft(30)).isEqualTo(30);
  }

  /** So many bytes every second, and waiting for the next. */
  private void trickle(int from, int to, int bytes) {
    for (int second = from; second < to; second++) {
      pace.await(at(second));
      pace.came(at(second + 1), bytes);
    }
    pace.await(at(to));
  }

  private long secondsLeft(int second) {
    return TimeUnit.NANOSECONDS.toSeconds(pace.left(at(second)));
  }

  private static long at(int second) {
    return TimeUnit.SECONDS.toNanos(second);
  }
}
