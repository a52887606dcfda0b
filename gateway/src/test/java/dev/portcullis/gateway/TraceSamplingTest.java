package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.trace.SpanTree;
import org.junit.jupiter.api.Test;

/** Who decides which requests are sampled, where none is by the gateway's own choice. */
class TraceSamplingTest extends TracingKit {
  @Override
  protected String ratio() {
    return "0";
  }

  @Test
  void aClientCannotHaveItsRequestsSampledButItsTraceGoesOn() {
    TestBed.Answer answer = bed.ask("GET /traced/7", token.bearer(), parent("01"));
    assertThat(answer.upstream("traceparent"))
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("00-" + TRACE + "-").endsWith("-00"))
        .satisfies(line -> assertThat(line).doesNotContain(SENDER));
    tree(bed.askFrom(SharedTestBed.PROXY, "GET /traced/7", token.bearer(), parent("01")));
    assertThat(collector.spans())
        .noneMatch(span -> SpanTree.fields(span).containsValue(requestId(answer)));
  }

  @Test
  void aTrustedProxyDecidesForItsRequests() {
    TestBed.Answer answer =
        bed.askFrom(SharedTestBed.PROXY, "GET /traced/7", token.bearer(), parent("01"));
    SpanTree tree = tree(answer);
    assertThat(tree.traceId()).isEqualTo(TRACE);
    assertThat(answer.upstream("traceparent"))
        .containsExactly(SpanTree.parent(tree.calls().getFirst()));
    assertThat(
            bed.askFrom(SharedTestBed.PROXY, "GET /traced/7", token.bearer(), parent("00"))
                .upstream("traceparent"))
        .allMatch(line -> line.endsWith("-00"));
  }

  @Test
  void aRequestOfNoTraceGetsOneThatIsNotSampled() {
    assertThat(bed.ask("GET /traced/7", token.bearer()).upstream("traceparent"))
        .singleElement()
        .satisfies(line -> assertThat(line).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]"));
  }

  private static String requestId(TestBed.Answer answer) {
    return answer.response().field("X-Request-Id").orElseThrow();
  }
}
