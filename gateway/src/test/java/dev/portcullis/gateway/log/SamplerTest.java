package dev.portcullis.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  private Sampler sampler(int perSecond) {
    return new Sampler("refusals", new LineRate(perSecond), nanos::get);
  }

  private static long admitted(Sampler sampler, String kind, int of) {
    return IntStream.range(0, of).filter(any -> sampler.admits(kind)).count();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50, 1_000_000})
  void admitsOneSecondsLinesAtOnceAndNoMore(int perSecond) {
    assertThat(admitted(sampler(perSecond), "a", perSecond + 10)).isEqualTo(perSecond);
  }

  @Test
  void admitsMoreAsTimePassesAndNoMoreThanOneSecondsAfterALongTime() {
    Sampler sampler = sampler(50);
    assertThat(admitted(sampler, "a", 100)).isEqualTo(50);
    pass(Duration.ofMillis(19));
    assertThat(admitted(sampler, "a", 100)).isZero();
    pass(Duration.ofMillis(1));
    assertThat(admitted(sampler, "a", 100)).isEqualTo(1);
    pass(Duration.ofHours(1));
    assertThat(admitted(sampler, "a", 100)).isEqualTo(50);
  }

  @Test
  void aFloodOfOneKindDoesNotHideTheFirstLinesOfAnother() {
    Sampler sampler = sampler(5);
    assertThat(admitted(sampler, "flood", 1000)).isEqualTo(5);
    assertThat(admitted(sampler, "rare", 1)).isEqualTo(1);
  }

  @Test
  void saysWhatWasLeftOutByKindAndSaysItOnce() {
    Sampler sampler = sampler(5);
    assertThat(sampler.untold()).isEmpty();
    admitted(sampler, "a", 8);
    admitted(sampler, "b", 6);
    admitted(sampler, "c", 5);
    Suppressed suppressed = sampler.untold().orElseThrow();
    assertThat(suppressed).isEqualTo(new Suppressed("refusals", Map.of("a", 3L, "b", 1L)));
    assertThat(suppressed.message()).isEqualTo("4 more lines of refusals were left out: a 3, b 1");
    assertThat(sampler.untold()).isEmpty();
    admitted(sampler, "b", 2);
    assertThat(sampler.untold().orElseThrow().byKind()).isEqualTo(Map.of("b", 2L));
    assertThat(sampler.leftOut()).as("ever").isEqualTo(6);
  }

  @Test
  void aRateOfNoneOnlyCounts() {
    Sampler sampler = sampler(0);
    pass(Duration.ofHours(1));
    assertThat(admitted(sampler, "a", 3)).isZero();
    assertThat(sampler.leftOut()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1_000_001})
  void refusesARateThatIsNone(int perSecond) {
    assertThatThrownBy(() -> new LineRate(perSecond))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(perSecond + " is not a number of lines from 0 to 1000000");
  }
}
