package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import dev.portcullis.gateway.proxy.RawConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An outage of the store is never an error of the client's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreFailureCasesTest {
  private static final String LINE = "GET /outage/x";
  private static final String UNAVAILABLE = "STORE_UNAVAILABLE";

  private static final String EARLY =
      """
      api: first
      upstream: UPSTREAM
      credentials: [bearer]
      routes:
        - match: GET /first/x
          scopes: ["outage:read"]
      """;

  private final TestBed bed =
      TestBed.start("--portcullis.cache.max-staleness=2s", "--portcullis.redis.timeout=300ms");

  StoreFailureCasesTest() {
    bed.follow(
        """
        api: outage
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: GET /outage/x
            scopes: ["outage:read"]
        """);
    bed.user("otis", "\"scopes\":[\"*:*\"]");
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(5));
  }

  private Issued unused() {
    return bed.token("otis", "outage:read");
  }

  /** A token that is cached, which takes a channel of invalidation. */
  private Issued used() {
    soon()
        .during(Duration.ofMillis(300))
        .until(() -> bed.gateway().metric("portcullis_invalidation_up ") == 1);
    Issued token = unused();
    bed.check(Case.allowed("used", LINE, token.bearer()));
    return token;
  }

  private String reason(Issued token) {
    TestBed.Answer answer = bed.ask(LINE, token.bearer());
    assertThat(answer.reason()).as("never a 401").isIn(Case.ALLOWED, UNAVAILABLE);
    return answer.reason();
  }

  @ParameterizedTest(name = "14.01 to 14.06, 14.10, 14.12 {0}")
  @EnumSource
  void isUnavailableAndThenItIsBack(Outage outage) {
    Issued cached = used();
    Issued unused = unused();
    outage.begin(bed);
    try {
      long began = System.nanoTime();
      TestBed.Answer answer =
          bed.check(Case.refused(UNAVAILABLE, "14.02 not cached", LINE, unused.bearer()));
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("14.03, 14.04 no stall")
          .isLessThan(Duration.ofSeconds(2));
      assertThat(answer.response().field("Retry-After")).contains("1");
      assertThat(answer.response().field("WWW-Authenticate")).isEmpty();
      assertThat(reason(cached)).as("14.01 cached").isEqualTo(Case.ALLOWED);
      assertThat(write().status()).as("7.29 a write").isEqualTo(503);
      soon().until(() -> reason(cached).equals(UNAVAILABLE));
      assertThat(reason(cached)).as("14.10 capped").isEqualTo(UNAVAILABLE);
    } finally {
      outage.end(bed);
    }
    soon().until(() -> reason(unused).equals(Case.ALLOWED));
    bed.check(Case.allowed("14.06", LINE, cached.bearer()));
    bed.check(Case.allowed("14.12", LINE, unused.bearer()));
  }

  private Asker.Answer write() {
    return bed.gateway()
        .operator()
        .post(
            "/v1/tokens",
            "{\"principal\":\"otis\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"outage:read\"]}");
  }

  @Test
  void aRedisWithoutMemoryTakesNoWriteAndIsRead() {
    Issued unused = unused();
    bed.redis().run("CONFIG", "SET", "maxmemory", "1");
    try {
      assertThat(write().status()).as("14.05 OOM").isEqualTo(503);
      bed.check(Case.allowed("14.05 OOM", LINE, unused.bearer()));
    } finally {
      bed.redis().run("CONFIG", "SET", "maxmemory", "0");
    }
    assertThat(write().status()).isEqualTo(201);
  }

  @Test
  void aReadThatARevokeOvertookIsNotKept() {
    Issued token = unused();
    String key =
        "{portcullis}:token:" + bed.redis().run("HGET", "{portcullis}:token-hashes", token.id());
    int before = bed.redis().calls("hmget");
    String request = TestBed.request(LINE, token.bearer());
    bed.wire().holdAnswers();
    CompletableFuture<Integer> overtaken =
        CompletableFuture.supplyAsync(
            () -> RawConnection.exchange(bed.gateway().port(), request).status());
    await().pollInterval(Duration.ofMillis(1)).until(() -> bed.redis().calls("hmget") > before);
    bed.redis().run("HSET", key, "revokedAt", "2026-02-01T00:00:00Z");
    bed.wire().release();
    assertThat(overtaken.join()).as("8.04").isIn(200, 401, 503);
    soon().until(() -> bed.ask(LINE, token.bearer()).reason().equals("TOKEN_REVOKED"));
    for (int i = 0; i < 20; i++) {
      bed.check(Case.refused("TOKEN_REVOKED", "8.04", LINE, token.bearer()));
    }
  }

  @Test
  void aConnectionThatEndsInTheMiddleOfAnAnswerIsAnOutage() {
    Issued token = unused();
    int before = bed.redis().calls("hmget");
    String request = TestBed.request(LINE, token.bearer());
    bed.wire().holdAnswers();
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> RawConnection.exchange(bed.gateway().port(), request).status());
    await().pollInterval(Duration.ofMillis(1)).until(() -> bed.redis().calls("hmget") > before);
    bed.wire().closeAll();
    bed.wire().release();
    assertThat(status.join()).as("14.04").isEqualTo(503);
    soon().until(() -> reason(token).equals(Case.ALLOWED));
  }

  @Test
  void startsUnreadyWithoutRedisAndBecomesReady() {
    Issued token = used();
    String request = TestBed.request("GET /first/x", token.bearer());
    bed.redis().kill();
    bed.wire().closeAll();
    try (LiveGateway early = bed.another()) {
      assertThat(readiness(early)).as("14.08").isEqualTo(503);
      early.follow(bed.located(EARLY));
      assertThat(RawConnection.exchange(early.port(), request).status()).isEqualTo(503);
      bed.redis().resume();
      soon().until(() -> readiness(early) == 200);
      soon().until(() -> RawConnection.exchange(early.port(), request).status() == 200);
    }
    soon().until(() -> reason(token).equals(Case.ALLOWED));
  }

  private static int readiness(LiveGateway gateway) {
    return gateway.operator().get("/actuator/health/readiness").status();
  }
}
