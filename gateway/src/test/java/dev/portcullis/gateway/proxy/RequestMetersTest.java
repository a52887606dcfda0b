package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.token.TestTokens;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How whole requests are metered: once each, by what became of them. */
class RequestMetersTest extends DataPlaneKit {
  private Map<String, Long> before = Map.of();

  @BeforeEach
  void followAndRemember() {
    follow(
        TestPolicies.route("/api/**"),
        TestPolicies.shadow("/shadow/**"),
        TestPolicies.open("/open/**"));
    before = metered();
  }

  private Map<String, Long> metered() {
    Map<String, Long> counts = new TreeMap<>();
    for (Timer timer : gateway.meters().find("portcullis.requests").timers()) {
      Meter.Id id = timer.getId();
      String name = id.getTag("api") + " " + id.getTag("outcome") + " " + id.getTag("status");
      counts.put(name, timer.count());
    }
    gateway
        .meters()
        .find("portcullis.faults")
        .counters()
        .forEach(counter -> counts.put(counter.getId().getTag("fault"), (long) counter.count()));
    return counts;
  }

  /** A client has the last byte before the gateway knows that it was the last. */
  private void assertNews(Map<String, Long> expected) {
    await().untilAsserted(() -> assertThat(news()).isEqualTo(expected));
  }

  private Map<String, Long> news() {
    Map<String, Long> now = metered();
    before.forEach((name, count) -> now.merge(name, -count, Long::sum));
    now.values().removeIf(count -> count == 0);
    return now;
  }

  @ParameterizedTest
  @CsvSource({"201 Created, 2xx", "302 Found, 3xx", "404 Not Found, 4xx", "503 Busy, 5xx"})
  void anAllowedRequestHasTheUpstreamsStatus(String status, String statusClass) {
    upstream.behave(
        RawUpstream.Behaviour.answering("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"));
    get("/api/x");
    assertNews(Map.of("test ALLOWED " + statusClass, 1L));
  }

  @Test
  void aRefusedRequestIsOfItsApiAndOneWithoutARouteOfNone() {
    token = gateway.secretOf(TestTokens.revoked());
    get("/api/x");
    get("/nowhere");
    send("GET /api/%zz HTTP/1.1\r\nHost: gateway.test\r\n\r\n");
    assertNews(Map.of("test REFUSED 4xx", 1L, "none REFUSED 4xx", 2L));
  }

  @Test
  void whatPassesOnTrialIsAllowed() {
    token = gateway.secretOf(TestTokens.revoked());
    get("/shadow/x");
    assertNews(Map.of("test ALLOWED 2xx", 1L));
  }

  @Test
  void aBodyThatIsNotLawfulIsRefusedThoughItsHeadPassed() {
    for (String path : new String[] {"/api/x", "/shadow/x"}) {
      try (RawConnection connection = RawConnection.to(gateway.port())) {
        connection
            .send(request("POST " + path, "Transfer-Encoding: chunked") + "2\r\nhi\r\nZZ\r\n")
            .read();
      }
    }
    assertNews(Map.of("test REFUSED 4xx", 2L));
  }

  @Test
  void eachRequestOfAConnectionCountsOnceAndInterimAnswersDoNot() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(
          request("GET /api/1")
              + request("HEAD /api/2")
              + request("POST /api/3", "Content-Length: 2", "Expect: 100-continue")
              + "hi");
      await().until(() -> news().getOrDefault("test ALLOWED 2xx", 0L) == 3);
    }
    assertNews(Map.of("test ALLOWED 2xx", 3L));
  }

  @Test
  void anUpstreamThatCannotBeUnderstoodIsAFault() {
    upstream.behave(
        (head, in, out) -> {
          out.write("garbage\r\n\r\n".getBytes(ISO_8859_1));
          out.flush();
          return false;
        });
    get("/open/x");
    assertNews(Map.of("test FAULTED 5xx", 1L, "BAD_GATEWAY", 1L));
  }

  @Test
  void anAnswerThatBreaksOffIsAFaultThoughItBegan() {
    upstream.behave(
        (head, in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\nok".getBytes(ISO_8859_1));
          out.flush();
          return false;
        });
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /open/x")).readToEnd();
    }
    assertNews(Map.of("test FAULTED 2xx", 1L, "BROKEN_OFF", 1L));
  }

  @Test
  void aClientThatIsGoneHasAbandonedItsRequest() throws InterruptedException {
    leaveUnanswered(
        "/api/x",
        () -> assertThat(news()).as("it is not over").isEmpty(),
        () -> await().until(() -> !news().isEmpty()));
    assertNews(Map.of("test ABANDONED none", 1L));
  }

  @Test
  void aWebSocketIsOverWhenItBegins() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(webSocketRequest("/api/x")).read();
      assertNews(Map.of("test ALLOWED 1xx", 1L));
    }
  }
}
