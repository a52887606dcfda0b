package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.trace.SpanTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C Trace Context through a gateway that takes part in it. */
class TraceContextTest extends TracingKit {
  private static final String STATE = "tracestate: congo=t61rcWkgMzE,rojo=00f067aa0ba902b7";

  private TestBed.Answer ask(String... fields) {
    String[] all = new String[fields.length + 1];
    all[0] = token.bearer();
    System.arraycopy(fields, 0, all, 1, fields.length);
    return bed.ask("GET /traced/7", all);
  }

  @Test
  void theSendersTraceGoesOnWithTheCallAsTheUpstreamsParent() {
    TestBed.Answer answer = ask(parent("01"), STATE, "tracestate:  odd=1");
    SpanTree tree = tree(answer);
    assertThat(tree.traceId()).isEqualTo(TRACE);
    assertThat(SpanTree.hex(tree.server().getParentSpanId())).isEqualTo(SENDER);
    assertThat(answer.upstream("traceparent"))
        .containsExactly(SpanTree.parent(tree.calls().getFirst()));
    assertThat(answer.upstream("tracestate"))
        .containsExactly("congo=t61rcWkgMzE,rojo=00f067aa0ba902b7", "odd=1");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "traceparent: 00-" + TRACE + "-" + SENDER,
        "traceparent: ff-" + TRACE + "-" + SENDER + "-01",
        "traceparent: 00-" + TRACE + "-" + SENDER + "-01-more",
        "traceparent: 00-00000000000000000000000000000000-" + SENDER + "-01",
        "traceparent: 00-" + TRACE + "-0000000000000000-01",
        "traceparent: 00-0AF7651916CD43DD8448EB211C80319C-" + SENDER + "-01",
        "traceparent: 00-"
            + TRACE
            + "-"
            + SENDER
            + "-01\r\ntraceparent: 00-"
            + TRACE
            + "-"
            + SENDER
            + "-01",
        "traceparent: 01-"
            + TRACE
            + "-"
            + SENDER
            + "-01\r\ntraceparent: 01-"
            + TRACE
            + "-"
            + SENDER
            + "-01",
        "traceparent: ",
        "traceparent: x"
      })
  void aTraceThatIsNotToldLawfullyIsNotGoneOnWith(String lines) {
    TestBed.Answer answer = ask(lines, STATE);
    SpanTree tree = tree(answer);
    assertThat(tree.traceId()).isNotEqualTo(TRACE);
    assertThat(tree.server().getParentSpanId().isEmpty()).isTrue();
    assertThat(answer.upstream("traceparent"))
        .containsExactly(SpanTree.parent(tree.calls().getFirst()));
    assertThat(answer.upstream("tracestate")).isEmpty();
  }

  @Test
  void aLaterVersionIsReadAsFarAsItIsKnown() {
    TestBed.Answer answer = ask("traceparent: 01-" + TRACE + "-" + SENDER + "-01-more");
    assertThat(tree(answer).traceId()).isEqualTo(TRACE);
    assertThat(answer.upstream("traceparent"))
        .isNotEqualTo(List.of())
        .allMatch(line -> line.startsWith("00-"));
  }
}
