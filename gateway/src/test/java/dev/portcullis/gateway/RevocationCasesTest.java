package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.proxy.RawConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Revoked is revoked, whatever is cached. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationCasesTest {
  private static final String LINE = "GET /revocation/x";

  private final TestBed bed;

  RevocationCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: revocation
        upstream: UPSTREAM
        credentials: [bearer]
        imported-tokens: true
        routes:
          - match: GET /revocation/x
            scopes: ["revocation:read"]
          - match: DELETE /revocation/x
            scopes: ["revocation:delete"]
        """);
    bed.user("rita", "\"scopes\":[\"*:*\"]");
    bed.user("rolf", "\"scopes\":[\"*:*\"]");
  }

  private static ConditionFactory withinASecond() {
    return await().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(1));
  }

  private Issued used(String principal) {
    Issued token = bed.token(principal, "revocation:read");
    bed.check(Case.allowed("used", LINE, token.bearer()));
    return token;
  }

  private String reason(Issued token) {
    return bed.ask(LINE, token.bearer()).reason();
  }

  @Test
  void oneOfTwoTokensIsRevokedAndTheOtherWorks() {
    Issued one = used("rita");
    Issued other = used("rita");
    bed.revoke(one);
    withinASecond().until(() -> reason(one).equals("TOKEN_REVOKED"));
    bed.check(Case.allowed("8.07", LINE, other.bearer()));
  }

  @Test
  void aRevokeBeatsAHundredParallelUses() throws Exception {
    Issued token = used("rita");
    String request = TestBed.request(LINE, token.bearer());
    AtomicInteger sent = new AtomicInteger();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> last = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        last.add(
            clients.submit(
                () -> {
                  try (RawConnection connection = RawConnection.to(bed.gateway().port())) {
                    int status = 200;
                    while (status == 200) {
                      sent.incrementAndGet();
                      status = connection.send(request).read().status();
                    }
                    return status;
                  }
                }));
      }
      await().until(() -> sent.get() > 500);
      bed.revoke(token);
      for (Future<Integer> status : last) {
        assertThat(status.get()).as("8.03").isEqualTo(401);
      }
    }
    for (int i = 0; i < 50; i++) {
      assertThat(reason(token)).as("8.03 no resurrection").isEqualTo("TOKEN_REVOKED");
    }
  }

  @Test
  void anUnknownTokenIsAcceptedAsSoonAsItIsCreated() {
    Issued token = bed.token("rita", "revocation:read");
    String key =
        "{portcullis}:token:" + bed.redis().run("HGET", "{portcullis}:token-hashes", token.id());
    bed.redis().run("RENAME", key, "{portcullis}:aside");
    withinASecond().until(() -> reason(token).equals("TOKEN_UNKNOWN"));
    assertThat(reason(token)).isEqualTo("TOKEN_UNKNOWN");
    bed.redis().run("RENAME", "{portcullis}:aside", key);
    withinASecond().until(() -> reason(token).equals(Case.ALLOWED));
  }

  @Test
  void aFloodOfUnknownTokensIsBoundedAndTheGoodOneStaysCached() {
    Issued good = used("rita");
    try (RawConnection connection = RawConnection.to(bed.gateway().port())) {
      for (int i = 0; i < 4 * SharedTestBed.UNKNOWN; i++) {
        String request = TestBed.request(LINE, "Authorization: Bearer imported-" + i);
        assertThat(connection.send(request).read().status()).isEqualTo(401);
      }
    }
    int before = bed.redis().calls("hmget");
    bed.check(Case.allowed("8.10", LINE, good.bearer()));
    assertThat(bed.redis().calls("hmget")).as("8.10 still cached").isEqualTo(before);
    await()
        .untilAsserted(
            () ->
                assertThat(bed.gateway().metric("portcullis_cache_size{cache=\"unknown-tokens\""))
                    .as("8.10 bounded")
                    .isBetween(1.0, (double) SharedTestBed.UNKNOWN));
  }

  @Test
  void aCachedTokenIsJudgedAnewOnEveryRoute() {
    Issued token = used("rita");
    bed.check(Case.refused("SCOPE_INSUFFICIENT", "8.16", "DELETE /revocation/x", token.bearer()));
    bed.check(Case.allowed("8.16 and back", LINE, token.bearer()));
  }

  @Test
  void allTokensOfAPrincipalStopAndStartWithIt() {
    Issued one = used("rolf");
    Issued other = used("rolf");
    bed.change("rolf", "enabled", "false");
    withinASecond().until(() -> reason(one).equals("PRINCIPAL_DISABLED"));
    bed.check(Case.refused("PRINCIPAL_DISABLED", "8.26, 8.27", LINE, other.bearer()));
    bed.change("rolf", "enabled", "true");
    withinASecond().until(() -> reason(one).equals(Case.ALLOWED));
    bed.check(Case.allowed("8.27", LINE, other.bearer()));
  }

  @Test
  void anotherGatewayRefusesItTooWithSmallCachesAndAll() {
    try (LiveGateway other =
        bed.another("--portcullis.cache.tokens=4", "--portcullis.cache.principals=1")) {
      other.follow(
          bed.located(
              """
              api: revocation
              upstream: UPSTREAM
              credentials: [bearer]
              routes:
                - match: GET /revocation/x
                  scopes: ["revocation:read"]
              """));
      List<Issued> tokens = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        tokens.add(bed.token(i % 2 == 0 ? "rita" : "rolf", "revocation:read"));
      }
      for (int round = 0; round < 3; round++) {
        tokens.forEach(token -> assertThat(status(other, token)).as("8.23").isEqualTo(200));
      }
      bed.revoke(tokens.getLast());
      withinASecond().until(() -> status(other, tokens.getLast()) == 401);
      tokens.removeLast();
      tokens.forEach(token -> assertThat(status(other, token)).as("8.02, 8.23").isEqualTo(200));
    }
  }

  private static int status(LiveGateway gateway, Issued token) {
    return RawConnection.exchange(gateway.port(), TestBed.request(LINE, token.bearer())).status();
  }
}
