package dev.portcullis.gateway;

import static dev.portcullis.gateway.OAuthClient.error;
import static dev.portcullis.gateway.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Those who may are told of tokens (RFC 7662) and may revoke them (RFC 7009); others are not. */
@ExtendWith(OAuthTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntrospectionCasesTest {
  private static final String LINE = "GET /oauth/x";
  private static final String INTROSPECT = "introspect";
  private static final String REVOKE = "revoke";

  private final TestBed bed;
  private final OAuthClient client;
  private final OAuthClient other;
  private final Issued ofAll;
  private final Issued ofO;
  private final Issued ofP;
  private final Issued ofEverythingElse;

  IntrospectionCasesTest(TestBed bed) {
    this.bed = bed;
    this.client = OAuthClient.create(bed, "oauth/*:read");
    this.other = OAuthClient.create(bed, "oauth/*:read");
    String all = "\"scopes\":[\"*:*\",\"portcullis/*:*\"]";
    bed.user("oona", all);
    bed.user("oleg", "\"organization\":\"o\"," + all);
    bed.user("pola", "\"organization\":\"p\"," + all);
    ofAll = bed.token("oona", "portcullis/tokens:introspect", "portcullis/tokens:revoke");
    ofO = bed.token("oleg", "portcullis/tokens:introspect", "portcullis/tokens:revoke");
    ofP = bed.token("pola", "portcullis/tokens:introspect", "portcullis/tokens:revoke");
    ofEverythingElse = bed.token("oona", "*:*");
  }

  private static String token(Issued token) {
    return "token=" + token.secret() + "&token_type_hint=access_token";
  }

  private void assertActive(TestBed.Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(json(answer).at("/active").booleanValue()).isTrue();
  }

  private static void assertNothing(TestBed.Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.response().body()).isEqualTo("{\"active\":false}");
    assertThat(answer.response().field("Cache-Control")).contains("no-store");
  }

  @Test
  void aClientIsToldOfItsSession() {
    Issued session = client.session("&scope=oauth/x:read");
    TestBed.Answer answer = client.ask(INTROSPECT, token(session));
    assertActive(answer);
    assertThat(json(answer).propertyNames())
        .containsExactly("active", "scope", "client_id", "token_type", "exp", "sub", "jti");
    assertThat(json(answer).at("/scope").stringValue()).isEqualTo("oauth/x:read");
    assertThat(json(answer).at("/client_id").stringValue()).isEqualTo(client.id());
    assertThat(json(answer).at("/sub").stringValue()).isEqualTo("olga");
    assertThat(json(answer).at("/jti").stringValue()).isEqualTo(session.id());
    assertThat(json(answer).at("/exp").longValue())
        .isEqualTo(bed.gateway().clock().instant().plusSeconds(3600).getEpochSecond());
  }

  @Test
  void onlyWhoeverMayIsToldOfTheAddress() {
    bed.user(
        "opal", "\"email\":\"opal@example.org\",\"organization\":\"o\",\"scopes\":[\"oauth/*:*\"]");
    OAuthClient opals = OAuthClient.of(bed, "opal", "", "oauth/*:read");
    Issued session = opals.session();
    assertThat(json(opals.ask(INTROSPECT, token(session))).has("username")).isFalse();
    TestBed.Answer told = OAuthClient.ask(bed, INTROSPECT, token(session), ofO.bearer());
    assertThat(json(told).at("/username").stringValue()).isEqualTo("opal@example.org");
  }

  @Test
  void aSessionIsToldOfItselfByBearer() {
    Issued session = client.session();
    assertActive(OAuthClient.ask(bed, INTROSPECT, token(session), session.bearer()));
  }

  @Test
  void whoeverMayIsToldOfAnyTokenOfTheirOrganization() {
    Issued session = client.session();
    Issued api = bed.token("olga", "oauth/*:read");
    for (Issued caller : new Issued[] {ofAll, ofO}) {
      assertActive(OAuthClient.ask(bed, INTROSPECT, token(session), caller.bearer()));
      assertActive(OAuthClient.ask(bed, INTROSPECT, token(api), caller.bearer()));
    }
    for (Issued caller : new Issued[] {ofP, ofEverythingElse}) {
      assertNothing(OAuthClient.ask(bed, INTROSPECT, token(session), caller.bearer()));
      assertNothing(OAuthClient.ask(bed, INTROSPECT, token(api), caller.bearer()));
    }
  }

  private Stream<Arguments> unseen() {
    Issued revoked = bed.token("olga", "oauth/*:read");
    bed.revoke(revoked);
    OAuthClient dead = OAuthClient.create(bed, "oauth/*:read");
    Issued orphan = dead.session();
    bed.revoke(dead.key());
    bed.user("olaf", "\"organization\":\"o\",\"scopes\":[\"oauth/*:read\"]");
    Issued disabled = bed.token("olaf", "oauth/*:read");
    bed.change("olaf", "enabled", "false");
    return Stream.of(
        Arguments.of("unknown", new Issued("", "pcat_nobodys")),
        Arguments.of("malformed", new Issued("", "a b c")),
        Arguments.of("an access key's secret", client.key()),
        Arguments.of("revoked", revoked),
        Arguments.of("its access key revoked", orphan),
        Arguments.of("its principal disabled", disabled));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unseen")
  void whatIsNotGoodIsNotActiveAndNoMore(String row, Issued token) {
    String form = "token=" + token.secret().replace(' ', '+');
    assertNothing(OAuthClient.ask(bed, INTROSPECT, form, ofAll.bearer()));
    assertNothing(client.ask(INTROSPECT, form));
  }

  @Test
  void anotherClientsSessionIsNotActive() {
    assertNothing(other.ask(INTROSPECT, token(client.session())));
  }

  @ParameterizedTest
  @CsvSource({"introspect", "revoke"})
  void nobodyElseIsAnswered(String endpoint) {
    Issued revoked = bed.token("oona", "portcullis/tokens:introspect");
    bed.revoke(revoked);
    String form = "token=x";
    for (TestBed.Answer answer :
        new TestBed.Answer[] {
          OAuthClient.ask(bed, endpoint, form),
          OAuthClient.ask(bed, endpoint, form, revoked.bearer()),
          OAuthClient.ask(bed, endpoint, form, client.saying("x").basic()),
          OAuthClient.ask(bed, endpoint, form, "Authorization: Bearer " + client.secret())
        }) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(error(answer)).isEqualTo("invalid_client");
    }
    TestBed.Answer empty = client.ask(endpoint, "token=");
    assertThat(empty.status()).isEqualTo(400);
    assertThat(error(empty)).isEqualTo("invalid_request");
  }

  private String reason(Issued token) {
    return bed.ask(LINE, token.bearer()).reason();
  }

  private static void assertRevoked(TestBed.Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.response().body()).isEmpty();
  }

  @Test
  void aClientRevokesItsSessionAndNoOther() {
    Issued session = client.session();
    Issued sibling = client.session();
    assertThat(reason(session)).isEqualTo(Case.ALLOWED);
    assertRevoked(client.ask(REVOKE, token(session)));
    assertThat(reason(session)).isEqualTo("TOKEN_REVOKED");
    assertThat(reason(sibling)).isEqualTo(Case.ALLOWED);
    assertRevoked(client.ask(REVOKE, token(session)));
    assertNothing(client.ask(INTROSPECT, token(session)));
    var entries =
        bed.gateway()
            .operator()
            .get("/v1/audit?action=session.revoke&token=" + client.id())
            .json()
            .at("/items");
    assertThat(entries.valueStream().map(entry -> entry.at("/detail").stringValue()))
        .containsOnlyOnce("session " + session.id());
  }

  @Test
  void anotherClientsTokensStayAsTheyAre() {
    Issued session = client.session();
    Issued api = bed.token("olga", "oauth/*:read");
    for (String form : new String[] {token(session), token(api), token(client.key())}) {
      TestBed.Answer answer = other.ask(REVOKE, form);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(error(answer)).isEqualTo("unauthorized_client");
      for (Issued caller : new Issued[] {ofP, ofEverythingElse}) {
        assertThat(error(OAuthClient.ask(bed, REVOKE, form, caller.bearer())))
            .isEqualTo("unauthorized_client");
      }
    }
    assertThat(reason(session)).isEqualTo(Case.ALLOWED);
    assertThat(reason(api)).isEqualTo(Case.ALLOWED);
  }

  @Test
  void whatNobodyKnowsIsAsGoodAsRevoked() {
    assertRevoked(client.ask(REVOKE, "token=pcat_nobodys"));
    assertRevoked(client.ask(REVOKE, "token=" + client.secret().replaceFirst("^pcsk", "pcat")));
  }

  @Test
  void whoeverMayRevokesAnyTokenOfTheirOrganization() {
    Issued session = client.session();
    Issued api = bed.token("olga", "oauth/*:read");
    assertRevoked(OAuthClient.ask(bed, REVOKE, token(session), ofO.bearer()));
    assertRevoked(OAuthClient.ask(bed, REVOKE, token(api), ofO.bearer()));
    assertThat(reason(session)).isEqualTo("TOKEN_REVOKED");
    assertThat(reason(api)).isEqualTo("TOKEN_REVOKED");
    var entry =
        bed.gateway()
            .operator()
            .get("/v1/audit?action=token.revoke&token=" + api.id())
            .json()
            .at("/items/0");
    assertThat(entry.at("/actor").stringValue()).isEqualTo("oleg");
    OAuthClient lost = OAuthClient.create(bed, "oauth/*:read");
    Issued itsSession = lost.session();
    assertRevoked(OAuthClient.ask(bed, REVOKE, token(lost.key()), ofAll.bearer()));
    assertThat(reason(itsSession)).isEqualTo("TOKEN_REVOKED");
    assertThat(lost.exchange().status()).isEqualTo(401);
  }
}
