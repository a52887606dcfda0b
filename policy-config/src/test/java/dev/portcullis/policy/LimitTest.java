package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Limit.Subject;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

  @ParameterizedTest
  @CsvSource({
    "1000 per minute per token, 1000, PT1M, TOKEN",
    "1 per second,              1,    PT1S, TOKEN",
    "5 per hour per principal,  5,    PT1H, PRINCIPAL",
    "7 per day per organization, 7,   P1D,  ORGANIZATION",
    "10 per second per address, 10,   PT1S, ADDRESS",
    "10 per second per api,     10,   PT1S, API",
  })
  void readsTheWrittenForm(String text, long requests, Duration window, Subject per) {
    assertThat(Limit.parse(text)).isEqualTo(new Limit(requests, window, per));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0 per minute",
        "-1 per minute",
        "010 per minute",
        "1.5 per minute",
        "10 per week",
        "10 per Minute",
        "10/minute",
        "10 per minute per user",
        "10  per minute",
        "9999999999999 per day",
      })
  void refusesWhatIsNoLimit(String text) {
    assertThatThrownBy(() -> Limit.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
