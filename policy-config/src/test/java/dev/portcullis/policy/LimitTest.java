package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Limit.Mode;
import dev.portcullis.policy.Limit.OnOutage;
import dev.portcullis.policy.Limit.Subject;
import dev.portcullis.policy.Limit.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

  @ParameterizedTest
  @CsvSource({
    "1000 per minute per token,  token-minute,     1000, MINUTE, TOKEN,        EXACT",
    "1 per second,               token-second,     1,    SECOND, TOKEN,        EXACT",
    "5 per hour per principal,   principal-hour,   5,    HOUR,   PRINCIPAL,    EXACT",
    "7 per day per organization, organization-day, 7,    DAY,    ORGANIZATION, EXACT",
    "9 per second per address,   address-second,   9,    SECOND, ADDRESS,      EXACT",
    "999999999 per second per api leased, api-second, 999999999, SECOND, API,  LEASED",
    "30 per second leased,       token-second,     30,   SECOND, TOKEN,        LEASED",
  })
  void readsTheWrittenForm(
      String text, String name, long requests, Window window, Subject per, Mode mode) {
    assertThat(Limit.parse(text))
        .isEqualTo(new Limit(name, requests, window, per, requests, mode, OnOutage.DENY));
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
        "1000000000 per day",
        "10 leased per minute",
        "10 per minute leased per token",
      })
  void refusesWhatIsNoLimit(String text) {
    assertThatThrownBy(() -> Limit.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
