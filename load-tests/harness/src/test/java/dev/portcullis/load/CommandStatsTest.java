package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandStatsTest {
  private static final String THEN =
      """
      # Commandstats\r
      cmdstat_hgetall:calls=2,usec=31,usec_per_call=15.50,rejected_calls=0,failed_calls=0\r
      cmdstat_ping:calls=5,usec=3,usec_per_call=0.60,rejected_calls=0,failed_calls=0\r
      cmdstat_hset:calls=7,usec=40,usec_per_call=5.71,rejected_calls=0,failed_calls=0\r
      """;

  private static final String NOW =
      """
      # Commandstats\r
      cmdstat_hgetall:calls=4,usec=62,usec_per_call=15.50,rejected_calls=0,failed_calls=0\r
      cmdstat_ping:calls=15,usec=9,usec_per_call=0.60,rejected_calls=0,failed_calls=0\r
      cmdstat_info:calls=1,usec=80,usec_per_call=80.00,rejected_calls=0,failed_calls=0\r
      cmdstat_config|set:calls=3,usec=80,usec_per_call=26.67,rejected_calls=0,failed_calls=0\r
      cmdstat_hset:calls=7,usec=40,usec_per_call=5.71,rejected_calls=0,failed_calls=0\r
      """;

  @Test
  void readsTheCallsOfEachCommand() {
    assertThat(CommandStats.parse(THEN).calls())
        .isEqualTo(Map.of("hgetall", 2L, "ping", 5L, "hset", 7L));
  }

  @Test
  void theDifferenceHoldsWhatWasCalledMeanwhileButForTheQuestion() {
    assertThat(CommandStats.parse(NOW).since(CommandStats.parse(THEN)))
        .isEqualTo(Map.of("hgetall", 2L, "config|set", 3L, "ping", 10L));
  }

  @Test
  void countsTheReadsOfRecords() {
    assertThat(CommandStats.reads(Map.of("time", 9L, "hmget", 2L, "hgetall", 1L))).isEqualTo(3);
    assertThat(CommandStats.reads(Map.of("role", 4L))).isZero();
  }

  @Test
  void heartbeatsDoNotCount() {
    assertThat(CommandStats.withoutHeartbeats(Map.of("ping", 9L, "role", 4L, "hmget", 2L)))
        .isEqualTo(2);
  }

  @Test
  void theDifferenceToItselfIsEmpty() {
    assertThat(CommandStats.parse(NOW).since(CommandStats.parse(NOW))).isEmpty();
  }
}
