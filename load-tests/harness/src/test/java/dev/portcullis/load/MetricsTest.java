package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void sumsTheAllowedOverAllRoutes() {
    Metrics metrics =
        new Metrics(
            """
            # TYPE portcullis_decisions_total counter
            portcullis_decisions_total{api="a",reason="ALLOWED",route="r1"} 40.0
            portcullis_decisions_total{api="a",reason="ALLOWED",route="r2"} 1.5E2
            portcullis_decisions_total{api="a",reason="TOKEN_UNKNOWN",route="r2"} 7.0
            portcullis_decisions_other_total{api="a",reason="ALLOWED",route="r1"} 9.0
            """);
    assertThat(metrics.allowed()).isEqualTo(190);
  }
}
