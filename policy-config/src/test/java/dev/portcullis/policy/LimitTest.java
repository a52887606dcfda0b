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

  @ParameterizedTest
  @CsvSource({
    "10 per second,        own-second, SECOND, EXACT",
    "5000 per day leased,  own-day,    DAY,    LEASED",
  })
  void readsWhatATokenHasByItself(String text, String name, Window window, Mode mode) {
    Limit limit = Limit.ofToken(text);

    assertThat(limit.name()).isEqualTo(name);
    assertThat(limit.window()).isEqualTo(window);
    assertThat(limit.mode()).isEqualTo(mode);
    assertThat(limit.per()).isEqualTo(Subject.TOKEN);
    assertThat(limit).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 per day", "5 per day per token", "5 per day per api leased", "lots"})
  void refusesWhatATokenCannotHaveByItself(String text) {
    assertThatThrownBy(() -> Limit.ofToken(text))
        .hasMessage(
            "'"
                + text
                + "' is not a limit of a token: NUMBER per second|minute|hour|day [leased], NUMBER"
                + " from 1 to 999999999");
  }

  @ParameterizedTest
  @CsvSource({
    "100 per second,        100",
    "100 per second leased, 90",
    "9 per second leased,   9",
    "100 per day leased,    100",
  })
  void admitsAllOfItAtOnceOrATenthLessWhereItIsLeased(String text, long atOnce) {
    assertThat(Limit.parse(text).atOnce()).isEqualTo(atOnce);
  }
}
