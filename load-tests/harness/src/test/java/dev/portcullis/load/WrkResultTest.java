package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WrkResultTest {
  private static final String OUTPUT =
      """
      Running 8s test @ http://127.0.0.1:1/api0/r0000/42
        2 threads and 64 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency    11.55ms   30.04ms 407.61ms   95.02%
          Req/Sec     6.50k     1.85k   10.99k    72.50%
        Latency Distribution
           50%  950.00us
           75%    8.05ms
           90%   16.51ms
           99%    1.25s
        104123 requests in 8.01s, 20.06MB read
      Requests/sec:  12999.12
      Transfer/sec:      2.50MB
      """;

  @Test
  void readsCountsAndLatenciesInMilliseconds() {
    assertThat(WrkResult.parse(OUTPUT))
        .isEqualTo(new WrkResult(104_123, 12_999.12, 0.95, 1_250, 0, 0));
  }

  @Test
  void countsWhatFailed() {
    WrkResult result =
        WrkResult.parse(
            OUTPUT
                + "  Socket errors: connect 1, read 2, write 3, timeout 4\n"
                + "  Non-2xx or 3xx responses: 42\n");
    assertThat(result.failures()).isEqualTo(42);
    assertThat(result.socketErrors()).isEqualTo(10);
    assertThat(result.clean()).isFalse();
  }

  @Test
  void whereAllHadToBeRefusedWhatWasNotFailed() {
    WrkResult result =
        WrkResult.parse(OUTPUT + "  Non-2xx or 3xx responses: 104120\n").ofRefusals();
    assertThat(result.failures()).isEqualTo(3);
    assertThat(result.perSecond()).isEqualTo(12_999.12);
  }

  @Test
  void refusesWhatWrkDoesNotPrint() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WrkResult.parse("unable to connect to 127.0.0.1:1 Connection refused"));
  }
}
