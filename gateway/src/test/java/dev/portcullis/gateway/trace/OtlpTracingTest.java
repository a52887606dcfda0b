package dev.portcullis.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.HeaderFields;
import dev.portcullis.gateway.meter.TraceMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpTracingTest {
  private final OtlpReceiver collector = OtlpReceiver.start();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void stop() {
    collector.close();
  }

  private OtlpTracing tracing(String endpoint, double ratio) {
    return new OtlpTracing(
        new TraceSettings(URI.create(endpoint), ratio, Map.of()),
        new TraceMeters(registry),
        InstantSource.system(),
        System::nanoTime);
  }

  private static HeaderFields sentBy(String traceId) {
    return HeaderFields.of(
        Map.of("traceparent", List.of("00-" + traceId + "-b7ad6b7169203331-01")));
  }

  private static RequestTrace begin(Tracing tracing, HeaderFields fields, boolean trusted) {
    return tracing.begin("GET", fields, trusted, System.nanoTime());
  }

  private static Served served(String id) {
    return new Served(
        id,
        "GET",
        "http",
        "h",
        80,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "ALLOWED",
        200,
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000000000000000000000000001",
        "ffffffffffffffff0000000000000001",
        "ffffffffffffffffffffffffffffffff"
      })
  void aClientDoesNotChooseByItsTracesIdWhetherItIsSampled(String traceId) {
    try (OtlpTracing tracing = tracing(collector.endpoint(), 0.5)) {
      assertThat(
              IntStream.range(0, 200)
                  .mapToObj(_ -> begin(tracing, sentBy(traceId), false).isSampled())
                  .distinct())
          .containsExactlyInAnyOrder(true, false);
    }
  }

  @Test
  void whatTheSenderIsTrustedWithHoldsForAllRequests() {
    try (OtlpTracing tracing = tracing(collector.endpoint(), 0)) {
      assertThat(
              IntStream.range(0, 200)
                  .mapToObj(i -> begin(tracing, sentBy("%032x".formatted(i + 1)), true).isSampled())
                  .distinct())
          .containsExactly(true);
    }
  }

  @Test
  void whatWaitsIsSentBeforeTheEnd() {
    try (OtlpTracing tracing = tracing(collector.endpoint(), 1)) {
      begin(tracing, HeaderFields.of(Map.of()), false).ended(served("last"));
    }
    assertThat(SpanTree.in(collector.spans(), "last")).isPresent();
    assertThat(registry.get("portcullis.trace.spans").tag("outcome", "EXPORTED").counter().count())
        .isEqualTo(1);
  }

  @Test
  void theEndDoesNotWaitForACollectorThatNeverAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      OtlpTracing tracing = tracing("http://127.0.0.1:" + silent.getLocalPort(), 1);
      begin(tracing, HeaderFields.of(Map.of()), false).ended(served("last"));
      assertThat(CompletableFuture.runAsync(tracing::close)).succeedsWithin(Duration.ofSeconds(4));
    }
  }

  @Test
  void whatACollectorRefusesIsLost() {
    collector.answer(401);
    try (OtlpTracing tracing = tracing(collector.endpoint(), 1)) {
      begin(tracing, HeaderFields.of(Map.of()), false).ended(served("last"));
    }
    assertThat(registry.get("portcullis.trace.spans").tag("outcome", "LOST").counter().count())
        .isEqualTo(1);
  }

  @Test
  void itsThreadsDoNotKeepTheProgramAlive() {
    try (OtlpTracing tracing = tracing(collector.endpoint(), 1)) {
      begin(tracing, HeaderFields.of(Map.of()), false).ended(served("last"));
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(
              thread ->
                  thread.getName().startsWith("BatchSpanProcessor")
                      || thread.getName().startsWith("jdkhttp"))
          .isNotEmpty()
          .allMatch(Thread::isDaemon);
    }
  }

  @Test
  void nothingIsKnownOfARequestThatNobodyFollows() {
    RequestTrace trace = begin(Tracing.OFF, sentBy("0af7651916cd43dd8448eb211c80319c"), true);
    assertThat(trace).isSameAs(RequestTrace.NONE);
    assertThat(trace.id()).isEmpty();
    assertThat(trace.isFollowed()).isFalse();
  }
}
