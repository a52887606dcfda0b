package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FloodRoundTest {
  private static final FloodRound ROUND =
      new FloodRound(
          2,
          List.of(new Sample(0, 1, 200), new Sample(0, 1, 429), new Sample(0, 1, 0)),
          Map.of("hmget", 3L, "hgetall", 1L, "role", 50L, "time", 6L),
          1,
          Optional.of(new Attack.Outcome(40_000, "{429=40000}")));

  @Test
  void countsReadsOfTokensAndPrincipals() {
    assertThat(ROUND.reads()).isEqualTo(4);
    assertThat(ROUND.operationsPerSecond()).isEqualTo(5);
  }

  @Test
  void countsEachGoodRequestThatWasNotServed() {
    assertThat(ROUND.failures()).isEqualTo(2);
  }

  @Test
  void tellsThePaceOfTheFlood() {
    assertThat(ROUND.attacksPerSecond()).isEqualTo(20_000);
  }

  @Test
  void boundsWhatOneAddressMayHaveLookedUp() {
    assertThat(FloodSenders.lookedUp(12)).isEqualTo(300 + 60 + 256);
  }
}
