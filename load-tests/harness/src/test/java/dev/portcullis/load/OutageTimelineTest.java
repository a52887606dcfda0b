package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTimelineTest {
  private static final Sample BEFORE = sample(900, 910, 200);
  private static final Sample SERVED = sample(5_900, 5_910, 200);
  private static final Sample REFUSED = sample(6_100, 6_300, 503);
  private static final Sample ACROSS = sample(12_900, 13_100, 503);
  private static final Sample STILL_OUT = sample(13_400, 13_600, 503);
  private static final Sample AGAIN = sample(13_500, 13_510, 200);

  private final OutageTimeline timeline =
      new OutageTimeline(
          millis(1_000),
          millis(13_000),
          List.of(BEFORE, SERVED, REFUSED, ACROSS, STILL_OUT, AGAIN),
          List.of(BEFORE, AGAIN));

  @Test
  void anOutageHoldsWhatWasSentAndAnsweredInIt() {
    assertThat(timeline.during(timeline.cached())).containsExactly(SERVED, REFUSED);
  }

  @Test
  void cachedTokensAreServedUntilTheLast200InTheOutage() {
    assertThat(timeline.lastServedMillis(timeline.cached())).isEqualTo(4_900);
    assertThat(timeline.lastServedMillis(timeline.uncached())).isZero();
  }

  @Test
  void recoveryEndsWithTheLastAnswerThatIsNot200() {
    assertThat(timeline.recoveredMillis(timeline.cached())).isEqualTo(600);
    assertThat(timeline.recoveredMillis(timeline.uncached())).isZero();
  }

  @Test
  void countsEach401() {
    OutageTimeline wrong =
        new OutageTimeline(0, 1, List.of(sample(3, 4, 401)), List.of(sample(0, 1, 401), AGAIN));
    assertThat(wrong.unauthorized()).isEqualTo(2);
    assertThat(timeline.unauthorized()).isZero();
  }

  private static Sample sample(long sentMillis, long receivedMillis, int status) {
    return new Sample(millis(sentMillis), millis(receivedMillis), status);
  }

  private static long millis(long millis) {
    return millis * 1_000_000;
  }
}
