package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.decision.TestSteps;
import dev.portcullis.gateway.trace.SpanTree;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What spans tell of a request. */
class TracingTest extends TracingKit {
  private static final List<String> STEPS = TestSteps.WITH_A_TOKEN;

  @Test
  void anAllowedRequestIsATreeOfItsStepsAndItsCall() {
    TestBed.Answer answer = bed.ask("GET /traced/7?q=hush", token.bearer());
    SpanTree tree = tree(answer);
    assertThat(tree.server().getName()).isEqualTo("GET /traced/{x}");
    assertThat(tree.server().getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
    assertThat(tree.server().getParentSpanId().isEmpty()).isTrue();
    assertThat(tree.fields())
        .containsEntry("http.request.method", "GET")
        .containsEntry("http.route", "/traced/{x}")
        .containsEntry("http.response.status_code", "200")
        .containsEntry("url.path", "/traced/7")
        .containsEntry("url.scheme", "http")
        .containsEntry("server.address", "gateway.test")
        .containsEntry("portcullis.api", "traced")
        .containsEntry("portcullis.route", "traced:GET /traced/{x}")
        .containsEntry("portcullis.outcome", "ALLOWED")
        .containsEntry("portcullis.token.id", token.id())
        .doesNotContainKeys("portcullis.reason", "error.type");
    assertThat(tree.steps()).isEqualTo(STEPS);
    assertThat(tree.calls())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.getName()).isEqualTo("GET");
              assertThat(SpanTree.fields(call))
                  .containsEntry("http.response.status_code", "200")
                  .containsEntry("server.port", bed.upstream().port() + "")
                  .containsEntry("url.full", bed.upstream().baseUrl() + "/traced/7");
              assertThat(answer.upstream("traceparent")).containsExactly(SpanTree.parent(call));
            });
  }

  @Test
  void stepsFollowEachOtherWithinTheRequest() {
    SpanTree tree = tree(bed.ask("GET /traced/7", token.bearer()));
    long last = tree.server().getStartTimeUnixNano();
    for (String name : STEPS) {
      Span step = tree.step(name);
      assertThat(step.getStartTimeUnixNano()).as(name).isGreaterThanOrEqualTo(last);
      last = step.getEndTimeUnixNano();
      assertThat(SpanTree.nanos(step)).as(name).isNotNegative();
    }
    Span call = tree.calls().getFirst();
    assertThat(call.getStartTimeUnixNano()).isGreaterThanOrEqualTo(last);
    assertThat(call.getEndTimeUnixNano()).isLessThanOrEqualTo(tree.server().getEndTimeUnixNano());
  }

  @Test
  void aRefusedRequestEndsWithTheStepThatRefused() {
    TestBed.Answer answer = bed.ask("GET /traced/7", bed.token("tess", "traced/8:read").bearer());
    SpanTree tree = tree(answer);
    assertThat(tree.fields())
        .containsEntry("http.response.status_code", "403")
        .containsEntry("portcullis.reason", "SCOPE_INSUFFICIENT")
        .containsEntry("portcullis.outcome", "REFUSED")
        .containsKey("portcullis.token.id")
        .doesNotContainKey("error.type");
    assertThat(tree.steps()).isEqualTo(STEPS.subList(0, STEPS.indexOf("scope") + 1));
    assertThat(SpanTree.fields(tree.step("scope")))
        .containsEntry("portcullis.reason", "SCOPE_INSUFFICIENT");
    assertThat(SpanTree.fields(tree.step("address"))).isEmpty();
    assertThat(tree.calls()).isEmpty();
  }

  @Test
  void anUnroutedRequestIsNamedByItsMethod() {
    SpanTree tree = tree(bed.ask("GET /nowhere/1?q=hush"));
    assertThat(tree.server().getName()).isEqualTo("GET");
    assertThat(tree.fields())
        .containsEntry("http.response.status_code", "404")
        .containsEntry("url.path", "/nowhere/1")
        .containsEntry("portcullis.reason", "NO_ROUTE")
        .doesNotContainKeys("http.route", "portcullis.api");
    assertThat(tree.children()).isEmpty();
    assertThat(tree(bed.ask("BREW /nowhere/1")).server().getName()).isEqualTo("HTTP");
  }

  @Test
  void anOpenRouteHasFewerSteps() {
    assertThat(tree(bed.ask("GET /open")).steps()).containsExactly("channel", "public", "limit");
  }

  @Test
  void theStepThatAsksTheStoreTakesAsLongAsTheStore() {
    String fresh = bed.token("tess", "traced/*:read").bearer();
    bed.wire().holdAnswers();
    CompletableFuture<TestBed.Answer> asked =
        CompletableFuture.supplyAsync(() -> bed.ask("GET /traced/7", fresh));
    try {
      await().during(Duration.ofMillis(100)).until(() -> !asked.isDone());
    } finally {
      bed.wire().release();
    }
    SpanTree tree = tree(asked.join());
    assertThat(SpanTree.nanos(tree.step("verify")))
        .isGreaterThan(SpanTree.nanos(tree.step("extract")));
  }

  @Test
  void aFaultOfTheUpstreamIsAnErrorOfBoth() {
    bed.follow(policy("http://127.0.0.1:1"));
    TestBed.Answer answer;
    try {
      answer = bed.ask("GET /traced/7", token.bearer());
    } finally {
      bed.follow(policy("UPSTREAM"));
    }
    SpanTree tree = tree(answer);
    assertThat(tree.fields())
        .containsEntry("http.response.status_code", "502")
        .containsEntry("error.type", "bad_gateway")
        .containsEntry("portcullis.outcome", "FAULTED");
    assertThat(tree.server().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    Span call = tree.calls().getFirst();
    assertThat(call.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    assertThat(SpanTree.fields(call).get("error.type")).contains("ConnectException");
  }

  @Test
  void aRefusalInShadowPassesAndIsTold() {
    SpanTree tree = tree(bed.ask("GET /shadowed/x", token.bearer()));
    assertThat(tree.fields())
        .containsEntry("portcullis.reason", "SCOPE_INSUFFICIENT")
        .containsEntry("portcullis.shadow", "true")
        .containsEntry("portcullis.outcome", "ALLOWED");
    assertThat(tree.calls()).hasSize(1);
  }

  @Test
  void noSecretIsTold() {
    tree(bed.ask("GET /traced/7?tk=" + token.secret(), token.bearer()));
    tree(bed.ask("GET /nowhere?tk=" + token.secret(), "Email: tess@example.org"));
    tree(bed.ask("GET /traced/7", "Authorization: Bearer forged-sesame"));
    assertThat(collector.text())
        .as("22.10")
        .contains(token.id())
        .doesNotContain(token.secret(), "tess@example.org", "forged-sesame", COLLECTOR_KEY, "hush");
    assertThat(collector.fields())
        .anyMatch(line -> line.equalsIgnoreCase("x-key: " + COLLECTOR_KEY));
  }

  @Test
  void metricsShowAnExampleOfWhatTheyCount() {
    SpanTree tree = tree(bed.ask("GET /traced/7", token.bearer()));
    String scrape =
        bed.gateway()
            .operator()
            .adding("Accept", "application/openmetrics-text; version=1.0.0")
            .get("/actuator/prometheus")
            .response()
            .body();
    assertThat(tree.traceId()).hasSize(32);
    for (String metric : List.of("portcullis_requests_seconds", "portcullis_chain_seconds")) {
      List<String> examples =
          scrape
              .lines()
              .filter(line -> line.startsWith(metric + "_bucket") && line.contains("trace_id"))
              .toList();
      assertThat(examples).as(metric).isNotEmpty();
      await().untilAsserted(() -> assertThat(examples).allMatch(this::isOfARequestThatWasTaken));
    }
  }

  private boolean isOfARequestThatWasTaken(String line) {
    return collector.spans().stream()
        .anyMatch(
            span ->
                line.contains("trace_id=\"" + SpanTree.hex(span.getTraceId()))
                    && line.contains("span_id=\"" + SpanTree.hex(span.getSpanId())));
  }
}
