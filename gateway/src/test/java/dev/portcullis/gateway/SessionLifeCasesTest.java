package dev.portcullis.gateway;

import static dev.portcullis.gateway.OAuthClient.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.proxy.RawConnection;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A session ends with its access key, on every gateway, and by itself. */
@ExtendWith(OAuthTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionLifeCasesTest {
  private static final String LINE = "GET /oauth/x";

  private final TestBed bed;
  private final LiveGateway other;

  SessionLifeCasesTest(TestBed bed) {
    this.bed = bed;
    this.other = bed.another(OAuthTestBed.SECOND_PEPPER, "--portcullis.pepper.current=p2");
    other.follow(bed.located(OAuthTestBed.policy("oauth")));
  }

  @AfterAll
  void stop() {
    other.close();
  }

  private static ConditionFactory withinASecond() {
    return await().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(1));
  }

  private int elsewhere(Issued token) {
    return RawConnection.exchange(other.port(), TestBed.request(LINE, token.bearer())).status();
  }

  /** Used at both gateways, and cached there. */
  private Issued used(OAuthClient client) {
    Issued session = client.session();
    bed.check(Case.allowed("here", LINE, session.bearer()));
    assertThat(elsewhere(session)).as("there").isEqualTo(200);
    return session;
  }

  private Stream<Arguments> deaths() {
    Consumer<OAuthClient> revoke = client -> bed.revoke(client.key());
    Consumer<OAuthClient> revokeByAnother = client -> write(client, "revokedAt");
    Consumer<OAuthClient> expire = client -> write(client, "expiresAt");
    Consumer<OAuthClient> disable = client -> bed.change("orla", "enabled", "false");
    Consumer<OAuthClient> narrow = client -> bed.change("orla", "scopes", "oauth/y:read");
    Consumer<OAuthClient> remove =
        client -> bed.redis().run("DEL", "{portcullis}:token:" + hash(client));
    return Stream.of(
        Arguments.of("revoked", revoke, "TOKEN_REVOKED", 401),
        Arguments.of("revoked by another program", revokeByAnother, "TOKEN_REVOKED", 401),
        Arguments.of("expired", expire, "TOKEN_EXPIRED", 401),
        Arguments.of("gone", remove, "TOKEN_REVOKED", 401),
        Arguments.of("its principal disabled", disable, "PRINCIPAL_DISABLED", 401),
        Arguments.of("its principal narrowed", narrow, "SCOPE_INSUFFICIENT", 403));
  }

  private void write(OAuthClient client, String field) {
    bed.redis().run("HSET", "{portcullis}:token:" + hash(client), field, "2026-01-01T00:00:00Z");
  }

  private String hash(OAuthClient client) {
    return bed.redis().run("HGET", "{portcullis}:token-hashes", client.id());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deaths")
  void diesWithItsAccessKeyOnEveryGateway(
      String row, Consumer<OAuthClient> death, String reason, int status) {
    bed.gateway()
        .operator()
        .post(
            "/v1/principals", "{\"id\":\"orla\",\"kind\":\"user\",\"scopes\":[\"oauth/*:read\"]}");
    bed.change("orla", "enabled", "true");
    bed.change("orla", "scopes", "oauth/*:read");
    OAuthClient client = OAuthClient.of(bed, "orla", "", "oauth/*:read");
    withinASecond().until(() -> client.exchange().status() == 200);
    Issued session = used(client);
    death.accept(client);
    withinASecond().until(() -> elsewhere(session) == status);
    withinASecond().until(() -> bed.ask(LINE, session.bearer()).reason().equals(reason));
    assertThat(elsewhere(session)).isEqualTo(status);
  }

  @Test
  void endsByItself() {
    Issued session = used(OAuthClient.create(bed, "oauth/*:read"));
    Duration almost = Duration.ofMinutes(60).minusMillis(1);
    bed.gateway().clock().advance(almost);
    bed.check(Case.allowed("to the last millisecond", LINE, session.bearer()));
    bed.gateway().clock().advance(Duration.ofMillis(1));
    bed.check(Case.refused("TOKEN_EXPIRED", "its end", LINE, session.bearer()));
  }

  @Test
  void costsNoRedisWhileItIsHot() {
    Issued session = used(OAuthClient.create(bed, "oauth/*:read"));
    int before = bed.redis().calls("hmget") + bed.redis().calls("hgetall");
    for (int i = 0; i < 20; i++) {
      bed.check(Case.allowed("hot", LINE, session.bearer()));
    }
    assertThat(bed.redis().calls("hmget") + bed.redis().calls("hgetall")).isEqualTo(before);
  }

  @Test
  void outlivesTheMoveOfItsAccessKeyToAnotherPepper() {
    OAuthClient client = OAuthClient.create(bed, "oauth/*:read");
    Issued session = used(client);
    assertThat(hash(client)).startsWith("p1:");
    RawConnection.Response response =
        RawConnection.exchange(
            other.port(),
            TestBed.formRequest(
                "/.portcullis/oauth2/token", "grant_type=client_credentials", client.basic()));
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    await().until(() -> hash(client).startsWith("p2:"));
    bed.check(Case.allowed("here", LINE, session.bearer()));
    assertThat(elsewhere(session)).as("there").isEqualTo(200);
    bed.revoke(client.key());
    withinASecond().until(() -> elsewhere(session) == 401);
    withinASecond().until(() -> bed.ask(LINE, session.bearer()).reason().equals("TOKEN_REVOKED"));
  }

  @Test
  void nobodyIsUnknownWhileTheStoreIsGone() {
    OAuthClient client = OAuthClient.create(bed, "oauth/*:read");
    bed.redis().kill();
    bed.wire().closeAll();
    try {
      for (String endpoint : new String[] {"token", "introspect", "revoke"}) {
        TestBed.Answer answer =
            client.ask(endpoint, "grant_type=client_credentials&token=" + client.secret());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(error(answer)).isEqualTo("temporarily_unavailable");
        assertThat(answer.response().field("Retry-After")).contains("1");
        assertThat(answer.reason()).isEqualTo("STORE_UNAVAILABLE");
      }
    } finally {
      bed.redis().resume();
      await().atMost(Duration.ofSeconds(20)).until(() -> client.exchange().status() == 200);
    }
    Issued session = client.session();
    await().atMost(Duration.ofSeconds(20)).until(() -> elsewhere(session) == 200);
  }
}
