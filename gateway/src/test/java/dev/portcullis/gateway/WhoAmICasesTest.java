package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The probe by which a token's holder tests it. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhoAmICasesTest {
  private static final String LINE = "GET /.portcullis/whoami";
  private static final JsonMapper JSON = new JsonMapper();

  private final TestBed bed;

  WhoAmICasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: who
        upstream: UPSTREAM
        credentials: [bearer]
        roles: {who-reader: ["who:read"]}
        routes:
          - match: GET /who/x
            scopes: ["who:read"]
        """);
    bed.user(
        "wanda",
        """
        "email":"wanda@example.org","organization":"w","scopes":["who/a/*:read","who:*","role:who-reader"]\
        """);
  }

  private static JsonNode json(TestBed.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().field("Content-Type")).contains("application/json");
    assertThat(answer.response().field("Cache-Control")).contains("no-store");
    return JSON.readTree(answer.response().body());
  }

  @Test
  void tellsWhoseTokenItIsAndWhatItIsGoodFor() {
    Issued token =
        bed.issue(
            "wanda",
            "\"kind\":\"api\",\"scopes\":[\"who:read\",\"role:who-reader\"],"
                + "\"expiresAt\":\"2030-01-01T00:00:00Z\"");
    JsonNode who = json(bed.ask(LINE, token.bearer(), "Email: wanda@example.org"));
    assertThat(who.propertyNames())
        .containsExactly(
            "principal", "email", "organization", "token", "kind", "scopes", "expiresAt");
    assertThat(who.at("/principal").stringValue()).isEqualTo("wanda");
    assertThat(who.at("/email").stringValue()).isEqualTo("wanda@example.org");
    assertThat(who.at("/organization").stringValue()).isEqualTo("w");
    assertThat(who.at("/token").stringValue()).isEqualTo(token.id());
    assertThat(who.at("/kind").stringValue()).isEqualTo("api");
    assertThat(who.at("/scopes").toString()).isEqualTo("[\"who:read\",\"role:who-reader\"]");
    assertThat(who.at("/expiresAt").stringValue()).isEqualTo("2030-01-01T00:00:00Z");
  }

  @Test
  void tellsOfScopesOnlyWhatThePrincipalHasToo() {
    bed.user("walt", "\"scopes\":[\"who/*:*\"]");
    Issued token = bed.token("walt", "who/*:read", "who/a:*");
    bed.change("walt", "scopes", "who/a/*:read who/a:write other:x");
    assertThat(json(bed.ask(LINE, token.bearer())).at("/scopes").toString())
        .isEqualTo("[\"who/a/*:read\",\"who/a:write\"]");
  }

  @Test
  void aPersonalTokenHasAllThatItsUserHas() {
    Issued token = bed.issue("wanda", "\"kind\":\"personal\"");
    JsonNode who = json(bed.ask(LINE, token.bearer()));
    assertThat(who.at("/scopes").toString())
        .isEqualTo("[\"who/a/*:read\",\"who:*\",\"role:who-reader\"]");
    assertThat(who.has("expiresAt")).isFalse();
  }

  @Test
  void keepsToItselfWhatAnApiMayAskForBesidesTheToken() {
    Issued api = bed.token("wanda", "who:read");
    Issued personal = bed.issue("wanda", "\"kind\":\"personal\"");
    for (String nothing : new String[] {"X-Nothing: x", "Email: "}) {
      assertThat(json(bed.ask(LINE, api.bearer(), nothing)).has("email")).isFalse();
    }
    assertThat(bed.ask(LINE, api.bearer(), "Email: guess@example.org").reason())
        .isEqualTo("EMAIL_MISMATCH");
    assertThat(json(bed.ask(LINE, personal.bearer())).propertyNames())
        .containsExactly("principal", "token", "kind", "scopes");
  }

  @Test
  void aTokenThatIsNotGoodIsRefusedAsOnAnyRoute() {
    Issued token = bed.token("wanda", "who:read");
    bed.revoke(token);
    TestBed.Answer answer = bed.ask(LINE, token.bearer());
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.reason()).isEqualTo("TOKEN_REVOKED");
    assertThat(bed.ask(LINE).reason()).isEqualTo("CREDENTIALS_MISSING");
  }
}
