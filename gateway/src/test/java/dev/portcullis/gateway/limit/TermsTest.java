package dev.portcullis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {

  @ParameterizedTest
  @CsvSource({
    "1000 per second,            1000, PT0S,   0",
    "1000 per second leased,      900, PT0.1S, 100",
    "1000 per minute leased,      900, PT6S,   100",
    "1000 per hour leased,        997, PT10S,  100",
    "999999999 per second leased, 899999999, PT0.1S, 99999999",
    "600000000 per second leased, 540000000, PT0.1S, 60000000",
    "5000 per day leased,        5000, PT10S,  50",
    "20 per second leased,         18, PT0.1S, 2",
    "19 per second leased,         19, PT0S,   0",
    "199 per day leased,          199, PT0S,   0",
  })
  void keepsRoomForWhatFlowsBackBehindALease(
      String limit, long capacity, Duration lease, long portion) {
    Terms terms = Terms.of(TestLimits.key(limit).limits());
    assertThat(terms.capacities()).containsExactly(capacity);
    assertThat(terms.lease()).isEqualTo(lease);
    assertThat(terms.portion()).isEqualTo(portion);
  }
}
