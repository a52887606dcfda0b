package dev.portcullis.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.policy.ActivityRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests the audit trail is to tell of, and how they are said to have been answered. */
class AnsweredRequestsTest extends DataPlaneKit {

  @BeforeEach
  void tellOfAll() {
    tell(ActivityRule.ALL);
    activity().written(activity().next(Integer.MAX_VALUE).size());
  }

  private void tell(ActivityRule rule) {
    gateway.follow(
        TestPolicies.telling(
            TestPolicies.bearer(
                upstream.uri(),
                TestPolicies.route("/api/**"),
                TestPolicies.scoped("/scoped/**", "a:read"),
                TestPolicies.shadow("/shadow/**"),
                TestPolicies.open("/open/**")),
            rule));
  }

  private Activity activity() {
    return gateway.bean(Activity.class);
  }

  private List<String> told() {
    List<ServedRequest> all = activity().next(Integer.MAX_VALUE);
    activity().written(all.size());
    return all.stream().map(it -> it.method() + " " + it.path() + " " + it.status()).toList();
  }

  private List<String> toldLater() {
    List<String> told = new ArrayList<>();
    await().until(() -> told.addAll(told()));
    return told;
  }

  @Test
  void tellsWhoseRequestItWasAndWhereItCameFromAndLed() {
    get("/api/x?secret=1");
    assertThat(activity().next(10))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.principal()).isEqualTo("ada");
              assertThat(it.token()).isEqualTo(TestTokens.ID);
              assertThat(it.client().orElseThrow().getHostAddress()).isEqualTo("127.0.0.1");
              assertThat(it.method()).isEqualTo("GET");
              assertThat(it.path()).as("without the query").isEqualTo("/api/x");
              assertThat(it.status()).isEqualTo(200);
              assertThat(it.route()).startsWith("test:");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"201 Created", "404 Not Found", "503 Service Unavailable"})
  void tellsTheUpstreamsStatus(String status) {
    upstream.behave(
        RawUpstream.Behaviour.answering("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"));
    get("/api/x");
    assertThat(told()).containsExactly("GET /api/x " + status.substring(0, 3));
  }

  @Test
  void tellsTheGatewaysStatusWhereTheUpstreamFailed() {
    upstream.behave(
        (head, in, out) -> {
          out.write("garbage\r\n\r\n".getBytes(ISO_8859_1));
          out.flush();
          return false;
        });
    assertThat(get("/api/x").status()).isEqualTo(502);
    assertThat(told()).containsExactly("GET /api/x 502");
  }

  @Test
  void tellsTheLastStatusAndNotAnInterimOne() {
    assertThat(
            send(request("POST /api/x", "Content-Length: 2", "Expect: 100-continue") + "hi")
                .status())
        .isEqualTo(200);
    assertThat(told()).containsExactly("POST /api/x 200");
  }

  @Test
  void tellsThatThereWasNoAnswerWhereTheClientWasGoneBefore() throws InterruptedException {
    leaveUnanswered(
        "/api/x",
        () -> assertThat(told()).as("nobody knows yet").isEmpty(),
        () -> assertThat(toldLater()).containsExactly("GET /api/x 0"));
  }

  @Test
  void tellsOfAnAdmittedRequestWhoseBodyTurnsOutNotToBeLawful() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      RawConnection.Response response =
          connection
              .send(request("POST /api/x", "Transfer-Encoding: chunked") + "2\r\nhi\r\nZZ\r\n")
              .read();
      assertThat(response.status()).isEqualTo(400);
    }
    assertThat(told()).containsExactly("POST /api/x 400");
  }

  @Test
  void tellsOfAWebSocketWhenItBegins() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      assertThat(connection.send(webSocketRequest("/api/x")).read().status()).isEqualTo(101);
      assertThat(told()).containsExactly("GET /api/x 101");
    }
    assertThat(told()).isEmpty();
  }

  @Test
  void tellsOfEachRequestOfAConnectionOnce() {
    try (RawConnection connection = RawConnection.to(gateway.port())) {
      connection.send(request("GET /api/1") + request("GET /open/2") + request("GET /api/3"));
      for (int i = 0; i < 3; i++) {
        assertThat(connection.read().status()).isEqualTo(200);
      }
    }
    assertThat(told()).containsExactly("GET /api/1 200", "GET /api/3 200");
  }

  @Test
  void tellsNeitherOfRefusedNorOfPublicRequestsNorOfThoseThatOnlyPassOnTrial() {
    assertThat(get("/open/x").status()).isEqualTo(200);
    assertThat(get("/nowhere").status()).isEqualTo(404);
    token = gateway.secretOf(TestTokens.withScopes("b:read"));
    assertThat(get("/scoped/x").status()).isEqualTo(403);
    token = gateway.secretOf(TestTokens.revoked());
    assertThat(get("/api/x").status()).isEqualTo(401);
    assertThat(get("/shadow/x").status()).isEqualTo(200);
    assertThat(told()).isEmpty();
  }

  @Test
  void tellsOfChangesOnlyWhereThePolicyWantsThat() {
    tell(ActivityRule.CHANGES);
    for (String method : List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")) {
      try (RawConnection connection = RawConnection.to(gateway.port())) {
        connection.send(request(method + " /api/x", "Connection: close")).readToEnd();
      }
    }
    assertThat(told())
        .containsExactly(
            "POST /api/x 200", "PUT /api/x 200", "PATCH /api/x 200", "DELETE /api/x 200");
    tell(ActivityRule.NONE);
    send(request("POST /api/x"));
    assertThat(told()).isEmpty();
  }
}
