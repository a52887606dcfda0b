package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DuelTest {

  @Test
  void sidesTakeTurnsInGoingFirst() {
    assertThat(IntStream.range(0, 4).mapToObj(Duel::firstLeads))
        .containsExactly(true, false, true, false);
  }

  @Test
  void aRatioIsOfTheRoundsOfOnePair() {
    List<Round> first = List.of(round(90), round(200));
    List<Round> second = List.of(round(100), round(80));
    assertThat(Duel.ratios(first, second, r -> r.wrk().perSecond())).containsExactly(0.9, 2.5);
  }

  private static Round round(double perSecond) {
    return new Round("any", new WrkResult(1, perSecond, 1, 1, 0, 0), 1);
  }
}
