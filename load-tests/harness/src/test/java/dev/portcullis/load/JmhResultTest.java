package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JmhResultTest {
  private static final String ONE =
      """
      {"benchmark": "hmac", "mode": "avgt",
       "primaryMetric": {"score": 310.5, "scoreUnit": "ns/op"},
       "secondaryMetrics": {
         "gc.alloc.rate": {"score": 59.4, "scoreUnit": "MB/sec"},
         "gc.alloc.rate.norm": {"score": 48.006, "scoreUnit": "B/op"}}}
      """;

  @Test
  void readsTimeAndAllocation() throws IOException {
    assertThat(JmhResult.parse("[" + ONE + "]")).isEqualTo(new JmhResult(310.5, 48.006));
  }

  @Test
  void refusesSeveralNoneAnotherUnitAndOneWithoutItsAllocation() {
    for (String text :
        new String[] {
          "[]",
          "[" + ONE + "," + ONE + "]",
          "[" + ONE.replace("ns/op", "us/op") + "]",
          "[" + ONE.replace("alloc.rate.norm", "count") + "]"
        }) {
      assertThatIOException().as(text).isThrownBy(() -> JmhResult.parse(text));
    }
  }
}
