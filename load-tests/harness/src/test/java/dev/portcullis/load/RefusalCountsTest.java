package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalCountsTest {
  private final RefusalCounts counts =
      new RefusalCounts(
          new Metrics(
              """
              portcullis_decisions_total{api="a",reason="NO_ROUTE",route="r1"} 100.0
              portcullis_decisions_total{api="a",reason="TOKEN_EXPIRED",route="r1"} 30.0
              portcullis_decisions_total{api="b",reason="TOKEN_EXPIRED",route="r2"} 10.0
              """));

  @Test
  void theReasonOfWhichLeastWasCountedDecides() {
    counts.received("NO_ROUTE", 90);
    counts.received("TOKEN_EXPIRED", 30);
    counts.received("TOKEN_EXPIRED", 50);
    assertThat(counts.figure().value()).isEqualTo(0.5);
    assertThat(counts.figure().met()).isFalse();
  }

  @Test
  void allIsWellWhereEachWasCounted() {
    counts.received("NO_ROUTE", 100);
    counts.received("TOKEN_EXPIRED", 39);
    assertThat(counts.figure().met()).isTrue();
  }
}
