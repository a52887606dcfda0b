package dev.portcullis.gateway.proxy;

import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.endpoint.OwnRoute;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.policy.CredentialCarrier;
import dev.portcullis.policy.Route;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A gateway before a raw upstream, for tests of the data plane to extend. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DataPlaneKit {
  protected TestGateway gateway;
  protected RawUpstream upstream;
  protected String token;

  @BeforeAll
  void startGateway() {
    upstream = RawUpstream.start();
    gateway = TestGateway.start(settings(), ownRoutes());
  }

  @AfterAll
  void stopGateway() {
    gateway.close();
    upstream.close();
  }

  @BeforeEach
  void beginAnew() {
    upstream.reset();
    // anew, for a test may have put another token under the same id
    token = gateway.secretOf(TestTokens.active());
    follow(TestPolicies.route("/api/**"), TestPolicies.open("/open/**"));
  }

  protected ProxySettings settings() {
    return ProxySettings.DEFAULT;
  }

  protected OwnRoute[] ownRoutes() {
    return new OwnRoute[0];
  }

  /** Puts a policy with these routes and a bearer token in force. */
  protected void follow(Route... routes) {
    gateway.follow(TestPolicies.bearer(upstream.uri(), routes));
  }

  /** Puts a policy with these carriers and one route for {@code /api/**} in force. */
  protected void followCarriers(CredentialCarrier... carriers) {
    gateway.follow(
        TestPolicies.with(
            upstream.uri(),
            List.of(carriers),
            TestPolicies.route("/api/**"),
            TestPolicies.open("/open/**")));
  }

  /** Sends exactly this text. */
  protected RawConnection.Response send(String request) {
    return RawConnection.exchange(gateway.port(), request);
  }

  /** Sends a request with a good bearer token, these fields and no body. */
  protected RawConnection.Response get(String target, String... fields) {
    return send(request("GET " + target, fields));
  }

  /** The text of a request with a good bearer token and these fields. */
  protected String request(String methodAndTarget, String... fields) {
    StringBuilder text = new StringBuilder(methodAndTarget + " HTTP/1.1\r\nHost: gateway.test\r\n");
    text.append("Authorization: Bearer ").append(token).append("\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  /** The text of a request for a WebSocket. */
  protected String webSocketRequest(String target) {
    return request(
        "GET " + target,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
  }

  /**
   * Sends a request, and is gone before the upstream answers, which it never does.
   *
   * @param waiting happens while the request is with the upstream
   * @param gone happens when the client is gone
   */
  protected void leaveUnanswered(String target, Runnable waiting, Runnable gone)
      throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    upstream.behave(
        (head, in, out) -> {
          arrived.countDown();
          return hold(done);
        });
    try {
      try (RawConnection connection = RawConnection.to(gateway.port())) {
        connection.send(request("GET " + target));
        arrived.await();
        waiting.run();
      }
      gone.run();
    } finally {
      done.countDown();
    }
  }

  private static boolean hold(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Until nothing more has been taken for a while, or all has. */
  protected static void awaitStandstill(AtomicLong sent) {
    AtomicLong last = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(20))
        .until(() -> sent.get() > 0 && last.getAndSet(sent.get()) == sent.get());
  }
}
