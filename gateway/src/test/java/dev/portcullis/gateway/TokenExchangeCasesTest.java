package dev.portcullis.gateway;

import static dev.portcullis.gateway.OAuthClient.error;
import static dev.portcullis.gateway.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Issued;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An access key and its secret key are exchanged for a session (RFC 6749, section 4.4). */
@ExtendWith(OAuthTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenExchangeCasesTest {
  private static final String TOKEN = "/.portcullis/oauth2/token";
  private static final String GRANT = "grant_type=client_credentials";
  private static final String UNKNOWN_CLIENT = "invalid_client";

  private final TestBed bed;
  private final OAuthClient client;

  TokenExchangeCasesTest(TestBed bed) {
    this.bed = bed;
    this.client = OAuthClient.create(bed, "oauth/*:read", "oauth/a:write");
  }

  private void assertSession(TestBed.Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.reason()).isEqualTo(Case.ALLOWED);
    assertThat(answer.response().field("Content-Type")).contains("application/json");
    assertThat(answer.response().field("Cache-Control")).contains("no-store");
    assertThat(answer.response().field("Pragma")).contains("no-cache");
    assertThat(json(answer).propertyNames())
        .containsExactly("access_token", "token_type", "expires_in", "scope");
    assertThat(json(answer).at("/token_type").stringValue()).isEqualTo("Bearer");
    assertThat(json(answer).at("/expires_in").intValue()).isEqualTo(3600);
    assertThat(json(answer).at("/scope").stringValue()).isEqualTo("oauth/*:read oauth/a:write");
    Issued session = new Issued("", json(answer).at("/access_token").stringValue());
    bed.check(Case.allowed("read", "GET /oauth/x", session.bearer()));
    bed.check(Case.allowed("write", "PUT /oauth/a", session.bearer()));
    bed.check(Case.refused("SCOPE_INSUFFICIENT", "beyond", "PUT /oauth/b", session.bearer()));
  }

  @Test
  void takesTheClientByBasic() {
    assertSession(bed.post(TOKEN, GRANT, client.basic()));
  }

  @Test
  void takesTheClientByForm() {
    assertSession(bed.post(TOKEN, GRANT + "&" + client.form()));
  }

  @Test
  void takesTheSameClientIdInTheFormBesideBasic() {
    assertSession(bed.post(TOKEN, GRANT + "&client_id=" + client.id(), client.basic()));
  }

  @Test
  void aSessionIsItsPrincipalsAndToldApartByItsOwnId() {
    Issued session = client.session();
    TestBed.Answer answer = bed.ask("GET /oauth/x", session.bearer());
    assertThat(answer.upstream("X-Auth-Subject")).containsExactly("olga");
    assertThat(answer.upstream("X-Auth-Organization")).containsExactly("o");
    assertThat(answer.upstream("X-Auth-Token-Id")).containsExactly(session.id());
    assertThat(session.id()).isNotEqualTo(client.id());
    assertThat(session.secret()).startsWith("pcst_");
    assertThat(json(bed.ask("GET /.portcullis/whoami", session.bearer())).at("/kind").stringValue())
        .isEqualTo("session");
  }

  private Stream<Arguments> unknownClients() {
    OAuthClient other = OAuthClient.create(bed, "oauth/*:read");
    OAuthClient revoked = OAuthClient.create(bed, "oauth/*:read");
    bed.revoke(revoked.key());
    OAuthClient expired = OAuthClient.create(bed, "oauth/*:read");
    String hash = bed.redis().run("HGET", "{portcullis}:token-hashes", expired.id());
    bed.redis().run("HSET", "{portcullis}:token:" + hash, "expiresAt", "2026-01-01T00:00:00Z");
    bed.user("otto", "\"scopes\":[\"oauth/*:read\"]");
    OAuthClient disabled = OAuthClient.of(bed, "otto", "", "oauth/*:read");
    bed.change("otto", "enabled", "false");
    OAuthClient elsewhere =
        OAuthClient.of(bed, "olga", ",\"allowedAddresses\":[\"10.0.0.0/8\"]", "oauth/*:read");
    String forged = client.secret().replaceFirst(".{6}$", "xxxxxx");
    Issued api = bed.token("olga", "oauth/*:read");
    return Stream.of(
        Arguments.of("a forged secret", client.saying(forged), "TOKEN_UNKNOWN"),
        Arguments.of("a secret that is none", client.saying("x"), "TOKEN_UNKNOWN"),
        Arguments.of("another's secret", client.saying(other.secret()), "TOKEN_UNKNOWN"),
        Arguments.of(
            "an id that is none", new OAuthClient(bed, "x", client.secret()), "TOKEN_UNKNOWN"),
        Arguments.of("an API token", new OAuthClient(bed, api.id(), api.secret()), "TOKEN_UNKNOWN"),
        Arguments.of("revoked", revoked, "TOKEN_REVOKED"),
        Arguments.of("expired", expired, "TOKEN_EXPIRED"),
        Arguments.of("disabled", disabled, "PRINCIPAL_DISABLED"),
        Arguments.of("from another address", elsewhere, "ADDRESS_NOT_ALLOWED"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unknownClients")
  void allUnknownClientsLookTheSame(String row, OAuthClient unknown, String reason) {
    TestBed.Answer one = bed.post(TOKEN, GRANT + "&client_id=x&client_secret=y");
    for (TestBed.Answer answer :
        List.of(unknown.exchange(), bed.post(TOKEN, GRANT + "&" + unknown.form()))) {
      assertThat(answer.reason()).isEqualTo(reason);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(error(answer)).isEqualTo(UNKNOWN_CLIENT);
      assertThat(answer.response().field("WWW-Authenticate"))
          .contains("Basic realm=\"portcullis\", charset=\"UTF-8\"");
      assertThat(answer.response().body()).isEqualTo(one.response().body());
      assertThat(told(answer)).isEqualTo(told(one));
    }
  }

  private static List<String> told(TestBed.Answer answer) {
    return answer.response().fields().stream()
        .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("x-request-id"))
        .sorted()
        .toList();
  }

  private Stream<Arguments> badRequests() {
    String good = client.basic();
    String bearer = bed.token("olga", "oauth/*:read").bearer();
    return Stream.of(
        Arguments.of("no grant type", "a=b", List.of(good), 400, "invalid_request"),
        Arguments.of("an empty grant type", "grant_type=", List.of(good), 400, "invalid_request"),
        Arguments.of(
            "another grant type",
            "grant_type=password",
            List.of(good),
            400,
            "unsupported_grant_type"),
        Arguments.of(
            "a parameter twice",
            GRANT + "&scope=a:b&scope=a:b",
            List.of(good),
            400,
            "invalid_request"),
        Arguments.of(
            "an escape that is none", GRANT + "&scope=%zz", List.of(good), 400, "invalid_request"),
        Arguments.of("no client", GRANT, List.of(), 401, UNKNOWN_CLIENT),
        Arguments.of("an id alone", GRANT + "&client_id=x", List.of(), 401, UNKNOWN_CLIENT),
        Arguments.of("a bearer token", GRANT, List.of(bearer), 401, UNKNOWN_CLIENT),
        Arguments.of(
            "another scheme", GRANT, List.of("Authorization: Digest x"), 401, UNKNOWN_CLIENT),
        Arguments.of(
            "Basic that is none", GRANT, List.of("Authorization: Basic !"), 401, UNKNOWN_CLIENT),
        Arguments.of("Basic twice", GRANT, List.of(good, good), 400, "invalid_request"),
        Arguments.of(
            "Basic and form", GRANT + "&" + client.form(), List.of(good), 400, "invalid_request"),
        Arguments.of(
            "Basic and another id", GRANT + "&client_id=x", List.of(good), 400, "invalid_request"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badRequests")
  void refusesWhatIsNoRequest(
      String row, String form, List<String> fields, int status, String error) {
    TestBed.Answer answer = bed.post(TOKEN, form, fields.toArray(String[]::new));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(error(answer)).isEqualTo(error);
    assertThat(answer.response().body()).doesNotContain(client.secret());
  }

  @Test
  void refusesWhatIsNoForm() {
    String body = "{\"grant_type\":\"client_credentials\"}";
    TestBed.Answer answer =
        bed.send(
            TestBed.request(
                    "POST " + TOKEN,
                    client.basic(),
                    "Content-Type: application/json",
                    "Content-Length: " + body.length())
                + body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(error(answer)).isEqualTo("invalid_request");
  }

  @Test
  void takesNoParametersFromTheQuery() {
    TestBed.Answer answer = bed.post(TOKEN + "?" + GRANT + "&" + client.form(), "a=b");
    assertThat(error(answer)).isEqualTo("invalid_request");
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    TestBed.Answer answer = bed.post(TOKEN, GRANT + "&x=" + "y".repeat(16 * 1024), client.basic());
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.reason()).isEqualTo("REQUEST_REJECTED");
  }

  @Test
  void isForPostOnly() {
    assertThat(bed.ask("GET " + TOKEN, client.basic()).reason()).isEqualTo("NO_ROUTE");
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
