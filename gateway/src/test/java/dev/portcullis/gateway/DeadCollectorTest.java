package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.gateway.proxy.RawConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A collector that is gone is nothing to those who send requests, and little to the log. */
class DeadCollectorTest {
  /** With the four spans of each more than may wait, twice over. */
  private static final int REQUESTS = 3000;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  /** Once the gateway has set up its log. */
  private void listen() {
    log.start();
    root().addAppender(log);
  }

  @AfterEach
  void stopListening() {
    root().detachAppender(log);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger("ROOT");
  }

  @Test
  void oneThatIsNotThereLosesSpansAndNothingElse() {
    try (TestBed bed = bedBefore(1)) {
      serve(bed, 10);
      await().atMost(Duration.ofSeconds(30)).until(() -> spans(bed, "LOST") > 0);
      assertThat(serve(bed, 10)).containsOnly(200);
      assertThat(complaints()).hasSize(1).allMatch(line -> line.contains("ConnectException"));
    }
  }

  @Test
  void oneThatNeverAnswersHoldsUpNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TestBed bed = bedBefore(silent.getLocalPort())) {
      assertThat(serve(bed, REQUESTS)).containsOnly(200);
      assertThat(spans(bed, "DROPPED")).isPositive();
      await().atMost(Duration.ofSeconds(30)).until(() -> spans(bed, "LOST") > 0);
      assertThat(complaints()).hasSize(1);
    }
  }

  private TestBed bedBefore(int collector) {
    TestBed bed =
        TestBed.start(
            "--portcullis.tracing.endpoint=http://127.0.0.1:" + collector + "/v1/traces",
            "--portcullis.tracing.ratio=1");
    listen();
    bed.follow(
        """
        api: traced
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: GET /open
            public: true
            reply: {status: 200}
        """);
    return bed;
  }

  private static List<Integer> serve(TestBed bed, int requests) {
    try (RawConnection connection = RawConnection.to(bed.gateway().port())) {
      return IntStream.range(0, requests)
          .map(_ -> connection.send(TestBed.request("GET /open")).read().status())
          .distinct()
          .boxed()
          .toList();
    }
  }

  private static double spans(TestBed bed, String outcome) {
    return bed.gateway().metric("portcullis_trace_spans_total{outcome=\"" + outcome);
  }

  private List<String> complaints() {
    return log.list.stream()
        .filter(
            line ->
                line.getLoggerName().contains("trace")
                    || line.getLoggerName().contains("opentelemetry"))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
