package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContestTest {

  @Test
  void whoCameFirstComesLastInTheNextRound() {
    assertThat(IntStream.range(0, 3).mapToObj(i -> Contest.inOrder(i, List.of("a", "b", "c"))))
        .containsExactly(List.of("a", "b", "c"), List.of("c", "b", "a"), List.of("a", "b", "c"));
  }

  @Test
  void aRatioIsOfOneRound() {
    List<Round> first = List.of(round(90, 0), round(200, 0));
    List<Round> second = List.of(round(100, 0), round(80, 0));
    assertThat(Contest.ratios(first, second, Round::perSecond)).containsExactly(0.9, 2.5);
  }

  @Test
  void theSpreadIsFromTheLeastToTheGreatest() {
    assertThat(Spread.of(List.of(3.0, 9.0, 1.0))).isEqualTo(new Spread(1, 3, 9));
  }

  @Test
  void aRefusalIsNoGoodAnswer() {
    assertThat(round(100, 3).good()).isEqualTo(7);
    assertThat(round(100, 3).wrong()).isEqualTo(4);
  }

  private static Round round(double perSecond, int failures) {
    return new Round("any", new WrkResult(10, perSecond, 1, 1, failures, failures / 3), 1);
  }
}
