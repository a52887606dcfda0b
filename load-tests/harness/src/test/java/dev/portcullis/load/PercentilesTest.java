package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentilesTest {
  private static final Percentiles ONE_TO_TWO_HUNDRED =
      Percentiles.of(IntStream.rangeClosed(1, 200).mapToObj(i -> (double) (201 - i)).toList());

  @ParameterizedTest
  @CsvSource({"0, 1", "50, 100", "90, 180", "99, 198", "99.4, 199", "99.5, 199", "100, 200"})
  void takesTheNearestRank(double percent, double expected) {
    assertThat(ONE_TO_TWO_HUNDRED.at(percent)).isEqualTo(expected);
  }

  @Test
  void aMedianOfAnEvenCountLiesBetweenTheMiddleTwo() {
    assertThat(Percentiles.of(List.of(4.0, 1.0, 3.0, 2.0)).median()).isEqualTo(2.5);
  }

  @Test
  void aMedianOfAnOddCountIsTheMiddle() {
    assertThat(Percentiles.of(List.of(9.0, 1.0, 3.0)).median()).isEqualTo(3.0);
  }

  @Test
  void ofNothingIsZero() {
    Percentiles none = Percentiles.of(List.of());
    assertThat(List.of(none.at(99), none.median(), none.max())).containsOnly(0.0);
  }

  @Test
  void oneValueIsEachPercentile() {
    Percentiles one = Percentiles.of(List.of(7.0));
    assertThat(List.of(one.min(), one.at(1), one.median(), one.max())).containsOnly(7.0);
  }
}
