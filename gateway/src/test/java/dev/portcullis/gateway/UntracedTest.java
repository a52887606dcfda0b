package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** W3C Trace Context through a gateway that takes no part in it, as is the default. */
@ExtendWith(SharedTestBed.class)
class UntracedTest {
  private final TestBed bed;

  UntracedTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: untraced
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: GET /untraced
            public: true
        """);
  }

  @Test
  void itPassesUntouchedWhateverItIs() {
    String parent = "00-" + TracingKit.TRACE + "-" + TracingKit.SENDER + "-01";
    TestBed.Answer answer =
        bed.ask(
            "GET /untraced",
            "traceparent: " + parent,
            "traceparent: not-0ne",
            "tracestate: b=2,,a=1",
            "tracestate: C = 3");
    assertThat(answer.upstream("traceparent")).containsExactly(parent, "not-0ne");
    assertThat(answer.upstream("tracestate")).containsExactly("b=2,,a=1", "C = 3");
  }

  @Test
  void noneIsMade() {
    TestBed.Answer answer = bed.ask("GET /untraced");
    assertThat(answer.upstream("traceparent")).isEmpty();
    assertThat(answer.upstream("tracestate")).isEmpty();
    assertThat(bed.gateway().metrics()).doesNotContain("portcullis_trace");
  }
}
