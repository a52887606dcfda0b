package dev.portcullis.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenIdsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static String idAt(Instant instant) {
    return new TokenIds(InstantSource.fixed(instant)).next();
  }

  @Test
  void makesIdsOfTwentySixCharacters() {
    assertThat(idAt(NOW)).matches("[0-9a-hjkmnp-tv-z]{26}").startsWith("01kdvdna00");
  }

  @Test
  void sortsByTheMillisecondInWhichTheyWereMade() {
    for (int millis = 1; millis < 2000; millis++) {
      assertThat(idAt(NOW.plusMillis(millis - 1))).isLessThan(idAt(NOW.plusMillis(millis)));
    }
  }

  @Test
  void tellsWhenAnIdWasMade() {
    assertThat(TokenIds.madeAt(idAt(NOW.plusMillis(17)))).contains(NOW.plusMillis(17));
    assertThat(TokenIds.madeAt("t-0001")).isEmpty();
    assertThat(TokenIds.madeAt("01kdvdna00000000000000000u")).isEmpty();
  }

  @Test
  void makesNoIdTwiceInOneMillisecond() {
    TokenIds ids = new TokenIds(InstantSource.fixed(NOW));
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(made.add(ids.next())).isTrue();
    }
  }
}
