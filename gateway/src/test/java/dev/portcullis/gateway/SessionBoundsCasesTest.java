package dev.portcullis.gateway;

import static dev.portcullis.gateway.OAuthClient.error;
import static dev.portcullis.gateway.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Issued;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A session is good for no more than the access key that it was exchanged for, and counts as it.
 */
@ExtendWith(OAuthTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionBoundsCasesTest {
  private final TestBed bed;
  private final OAuthClient client;

  SessionBoundsCasesTest(TestBed bed) {
    this.bed = bed;
    this.client = OAuthClient.create(bed, "oauth/*:read", "oauth/a:write");
  }

  @Test
  void aSessionMayHaveFewerScopes() {
    TestBed.Answer answer = client.exchange("&scope=oauth%2Fa%3Awrite+oauth/b*:read");
    assertThat(json(answer).at("/scope").stringValue()).isEqualTo("oauth/a:write oauth/b*:read");
    Issued session = new Issued("", json(answer).at("/access_token").stringValue());
    bed.check(Case.allowed("write", "PUT /oauth/a", session.bearer()));
    bed.check(Case.allowed("narrower", "GET /oauth/bb", session.bearer()));
    bed.check(Case.refused("SCOPE_INSUFFICIENT", "left out", "GET /oauth/a", session.bearer()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oauth/b:write",
        "oauth/a:*",
        "*:*",
        "role:reader",
        "nothing",
        "oauth/*:read+other:read",
        "oauth/*:read++oauth/a:write",
        "%22:read"
      })
  void refusesScopesBeyondTheAccessKeysOrMalformed(String scope) {
    TestBed.Answer answer = client.exchange("&scope=" + scope);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(error(answer)).isEqualTo("invalid_scope");
  }

  @Test
  void refusesMoreThanAHundredScopes() {
    String hundred = "oauth/x:read" + "+oauth/x:read".repeat(99);
    assertThat(client.exchange("&scope=" + hundred).status()).isEqualTo(200);
    assertThat(error(client.exchange("&scope=" + hundred + "+oauth/x:read")))
        .isEqualTo("invalid_scope");
  }

  @Test
  void anAccessKeyIsExchangedSixtyTimesAMinuteAndNotForEver() {
    OAuthClient busy = OAuthClient.create(bed, "oauth/*:read");
    List<Integer> statuses =
        Stream.generate(() -> busy.exchange().status())
            .limit(300)
            .takeWhile(status -> status == 200)
            .toList();
    assertThat(statuses).hasSizeBetween(60, 299);
  }

  @Test
  void anExchangeCountsAgainstTheLimitsOfTheAccessKey() {
    OAuthClient once = OAuthClient.of(bed, "olga", ",\"limits\":[\"1 per day\"]", "oauth/*:read");
    assertThat(once.exchange().status()).isEqualTo(200);
    TestBed.Answer second = once.exchange();
    assertThat(second.status()).isEqualTo(429);
    assertThat(second.reason()).isEqualTo("QUOTA_EXHAUSTED");
    assertThat(error(second)).isEqualTo("temporarily_unavailable");
    assertThat(second.response().field("Retry-After")).isPresent();
  }

  @Test
  void aRoleIsNarrowedToScopesThatItStandsForAndNeverBeyondItOnAnotherApi() {
    OAuthClient reader = OAuthClient.create(bed, "role:reader");
    bed.check(Case.allowed("all", "GET /oauth/a", reader.session().bearer()));
    Issued session = reader.session("&scope=oauth/a:read");
    bed.check(Case.allowed("one", "GET /oauth/a", session.bearer()));
    bed.check(Case.allowed("one", "GET /oauth-shared/a", session.bearer()));
    bed.check(Case.refused("SCOPE_INSUFFICIENT", "other", "GET /oauth/b", session.bearer()));
    bed.check(
        Case.refused(
            "SCOPE_INSUFFICIENT",
            "where the role stands for something else",
            "GET /elsewhere-shared/a",
            session.bearer()));
  }

  @ParameterizedTest
  @CsvSource({"PT10M, 600", "PT2H, 3600"})
  void aSessionEndsNoLaterThanItsAccessKey(String life, int seconds) {
    OAuthClient mortal =
        OAuthClient.of(bed, "olga", ",\"expiresIn\":\"" + life + "\"", "oauth/*:read");
    assertThat(json(mortal.exchange()).at("/expires_in").intValue()).isEqualTo(seconds);
  }

  @Test
  void aSessionHasTheAddressesAndTheLimitsOfItsAccessKey() {
    OAuthClient bounded =
        OAuthClient.of(
            bed,
            "olga",
            ",\"allowedAddresses\":[\"127.0.0.1\"],\"limits\":[\"4 per day\"]",
            "oauth/*:read");
    List<Issued> sessions = List.of(bounded.session(), bounded.session());
    String line = "GET /oauth/a";
    assertThat(bed.askFrom("127.0.0.3", line, sessions.getFirst().bearer()).reason())
        .isEqualTo("ADDRESS_NOT_ALLOWED");
    assertThat(bed.ask(line, sessions.getFirst().bearer()).reason()).isEqualTo("QUOTA_EXHAUSTED");
    assertThat(bed.ask(line, sessions.getLast().bearer()).reason()).isEqualTo("QUOTA_EXHAUSTED");
  }

  @Test
  void aSessionIsInNoListAndGoesByItself() {
    OAuthClient quiet = OAuthClient.create(bed, "oauth/*:read");
    Issued session = quiet.session();
    assertThat(bed.gateway().operator().get("/v1/tokens?principal=olga").ids())
        .doesNotContain(session.id());
    assertThat(bed.gateway().operator().get("/v1/tokens/" + session.id()).status()).isEqualTo(404);
    assertThat(bed.redis().run("HEXISTS", "{portcullis}:token-hashes", session.id()))
        .isEqualTo("0");
  }

  @Test
  void standsInTheAuditTrailOfItsAccessKey() {
    OAuthClient audited = OAuthClient.create(bed, "oauth/*:read");
    Issued session = audited.session("&scope=oauth/a:read");
    var item =
        bed.gateway()
            .operator()
            .get("/v1/audit?action=session.create&token=" + audited.id())
            .json()
            .at("/items/0");
    assertThat(item.at("/actor").stringValue()).isEqualTo("olga");
    assertThat(item.at("/actorToken").stringValue()).isEqualTo(audited.id());
    assertThat(item.at("/address").stringValue()).isEqualTo("127.0.0.1");
    assertThat(item.at("/organization").stringValue()).isEqualTo("o");
    assertThat(item.at("/detail").stringValue()).isEqualTo("session " + session.id());
    assertThat(item.at("/after/scopes").stringValue()).isEqualTo("oauth/a:read");
    assertThat(item.toString()).doesNotContain("parentHashes", session.secret());
  }

  @Test
  void theUseOfASessionIsAUseOfItsAccessKey() {
    OAuthClient used = OAuthClient.create(bed, "oauth/*:read");
    used.session();
    await()
        .until(
            () ->
                !bed.gateway()
                    .operator()
                    .get("/v1/tokens/" + used.id())
                    .at("/lastUsedAt")
                    .isEmpty());
  }
}
