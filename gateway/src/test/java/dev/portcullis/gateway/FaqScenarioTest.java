package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import dev.portcullis.gateway.issuer.TestIssuer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The first ten answers of the FAQ on API tokens, before {@code policies/faq.yaml}; the others are
 * in {@link FaqSafetyScenarioTest}.
 *
 * <p>The management interface is the control plane here. No program can make true: that a token is
 * typically generated, generally more secure, or expires on most platforms; what is said of others.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaqScenarioTest {
  private static final String READ = "GET /resources/r1";

  private final TestBed bed;
  private final FaqKit faq;
  private final TestIssuer issuer = TestIssuer.start();

  FaqScenarioTest(TestBed bed) {
    this.bed = bed;
    this.faq = new FaqKit(bed, "faq-app");
  }

  @AfterEach
  void followTheFileAsItIs() {
    bed.follow(faq.policy().text());
  }

  @AfterAll
  void stop() {
    issuer.close();
  }

  @Test
  @DisplayName("1. ... ensuring that requests to APIs are coming from authenticated users")
  void isAUniqueStringThatStandsForItsUser() {
    Issued one = faq.token("resources/*:read");
    Issued other = faq.token("resources/*:read");

    assertThat(one.secret()).isNotEqualTo(other.secret());
    Answer answer = bed.ask(READ, one.bearer(), "X-Auth-Subject: root", "X_Auth_Subject: root");
    assertThat(answer.upstream("X-Auth-Subject")).containsExactly("faq-app");
    assertThat(answer.upstream("X-Auth-Token-Id")).containsExactly(one.id());
    assertThat(answer.passed().getFirst().getHeaders().toString()).doesNotContain(one.secret());
  }

  @Test
  @DisplayName("2. The server verifies the token against its records and grants access")
  void isVerifiedAndOpensWhatItsPermissionsAllow() {
    Issued token = faq.token("resources/r1:read");

    faq.isAllowed(READ, token);
    faq.isRefused("SCOPE_INSUFFICIENT", "GET /resources/r2", token);
    faq.isRefused("TOKEN_UNKNOWN", READ, new Issued("", token.secret() + "x"));
  }

  @Test
  @DisplayName("3. You often need to authenticate, specify any necessary permissions, and then ...")
  void isMadeForWhoMayWithPermissionsThatAreNamed() {
    String asked = "{\"principal\":\"faq-app\",\"kind\":\"api\",\"name\":\"n\"%s}";
    String scopes = asked.formatted(",\"scopes\":[\"resources:read\"]");

    assertThat(bed.gateway().operator("nobody").post("/v1/tokens", scopes).status()).isEqualTo(401);
    assertThat(faq.console().post("/v1/tokens", asked.formatted("")).status()).isEqualTo(422);
    Asker.Answer made = faq.console().post("/v1/tokens", scopes);
    assertThat(made.status()).isEqualTo(201);
    assertThat(faq.console().get("/v1/tokens/" + made.at("/token/id")).response().body())
        .doesNotContain(made.at("/secret"));
  }

  @Test
  @DisplayName("4. While API keys can be simple and static, tokens may have expiration dates")
  void staticKeysAndTokensThatExpireWorkSideBySide() {
    Issued key = bed.issue("faq-app", "\"kind\":\"personal\"");
    Issued token = faq.token("resources/*:read");

    assertThat(faq.shown(key).json().get("expiresAt").isNull()).isTrue();
    assertThat(faq.shown(token).json().get("expiresAt").isNull()).isFalse();
    faq.isAllowed(READ, key);
    faq.isAllowed("DELETE /resources/r1", key);
    faq.isAllowed(READ, token);
    faq.isRefused("SCOPE_INSUFFICIENT", "DELETE /resources/r1", token);
  }

  @Test
  @DisplayName("5. OAuth ... allows applications to access resources on behalf of a user")
  void anOAuthAccessTokenWorksBesideAnApiToken() {
    bed.follow(
        faq.policy().with("https://id.example.org/jwks.json", issuer.keys().toString()).text());
    String jwt =
        issuer
            .jwt("alice", bed.gateway().clock().instant())
            .claim("scope", "resources/r1:read")
            .text();

    Answer answer = bed.ask(READ, "Authorization: Bearer " + jwt);

    assertThat(answer.reason()).isEqualTo(Case.ALLOWED);
    assertThat(answer.upstream("X-Auth-Subject")).containsExactly("corp:alice");
    faq.isRefused("SCOPE_INSUFFICIENT", "GET /resources/r2", new Issued("", jwt));
    faq.isAllowed(READ, faq.token("resources/*:read"));
  }

  @Test
  @DisplayName("5. API tokens are often used within OAuth flows as part of the process")
  void anAccessKeyIsExchangedForASession() {
    OAuthClient client = OAuthClient.of(bed, "faq-app", ",\"api\":\"faq\"", "resources/r1:read");
    Issued session = client.session();

    faq.isAllowed(READ, session);
    faq.isRefused("SCOPE_INSUFFICIENT", "GET /resources/r2", session);
    faq.isRefused("TOKEN_UNKNOWN", READ, client.key());
  }

  @Test
  @DisplayName("6. ... in the header of your API request as an authorization bearer token")
  void isSentInTheHeaderOrWhereTheFileSaysSoInTheQuery() {
    Issued token = faq.token("resources/*:read");
    String inQuery = READ + "?access_token=" + token.secret();

    assertThat(bed.ask(READ, "authorization: bEARER " + token.secret()).reason())
        .isEqualTo(Case.ALLOWED);
    assertThat(bed.ask(inQuery).reason()).isEqualTo("CREDENTIALS_MISSING");

    bed.follow(
        faq.policy()
            .with("\ncredentials: [bearer]", "\ncredentials: [bearer, {query: access_token}]")
            .text());
    Answer answer = bed.ask(inQuery + "&page=2");
    assertThat(answer.reason()).isEqualTo(Case.ALLOWED);
    assertThat(answer.passed().getFirst().getUrl()).isEqualTo("/resources/r1?page=2");
    Answer both = bed.ask(inQuery, token.bearer());
    assertThat(both.reason()).isEqualTo("CREDENTIALS_AMBIGUOUS");
    assertThat(both.status()).isEqualTo(400);
  }

  @Test
  @DisplayName("7. If the token is shared or exposed, unauthorized users may gain access")
  void isOfNoUseElsewhereWhereItHasAnAllowList() {
    Issued token =
        faq.issue("\"scopes\":[\"resources/*:read\"],\"allowedAddresses\":[\"127.0.0.1/32\"]");

    faq.isAllowed(READ, token);
    Answer elsewhere = bed.askFrom("127.0.0.9", READ, token.bearer());
    assertThat(elsewhere.reason()).isEqualTo("ADDRESS_NOT_ALLOWED");
    assertThat(elsewhere.status()).isEqualTo(403);
    assertThat(faq.shown(token).at("/principal")).isEqualTo("faq-app");
  }

  @Test
  @DisplayName(
      "8. ... a few hours, days, or indefinitely ... after which they need to be refreshed")
  void isGoodUntilItsEndAndNotAMomentLonger() {
    Issued hours = faq.issue("\"scopes\":[\"resources/*:read\"],\"expiresIn\":\"PT5H\"");
    Issued days = faq.issue("\"scopes\":[\"resources/*:read\"],\"expiresIn\":\"P7D\"");
    Issued ever = bed.token("faq-app", "resources/*:read");

    faq.pass(Duration.ofHours(5).minusMillis(1));
    faq.isAllowed(READ, hours);
    faq.pass(Duration.ofMillis(1));
    faq.isRefused("TOKEN_EXPIRED", READ, hours);
    faq.isAllowed(READ, days);
    faq.console().post("/v1/tokens/" + hours.id() + "/renew", "{\"expiresIn\":\"PT5H\"}");
    faq.isAllowed(READ, hours);
    faq.pass(Duration.ofDays(3650));
    faq.isRefused("TOKEN_EXPIRED", READ, days);
    faq.isAllowed(READ, ever);
  }

  @Test
  @DisplayName("9. Revoking a token invalidates it, preventing further use.")
  void isOfNoUseOnceItIsRevoked() {
    Issued token = faq.token("resources/*:read");
    faq.isAllowed(READ, token);
    try (LiveGateway other = bed.another()) {
      other.follow(bed.located(faq.policy().text()));

      bed.revoke(token);

      faq.isRefused("TOKEN_REVOKED", READ, token);
      assertThat(faq.statusAt(other, READ, token)).isEqualTo(401);
    }
  }

  @Test
  @DisplayName("10. ... a fresh and secure token without needing to change other ... settings")
  void isRegeneratedWithAllThatItMayAndIsCalled() {
    Issued token =
        faq.issue(
            "\"scopes\":[\"resources/r1:read\"],\"allowedAddresses\":[\"127.0.0.0/8\"],"
                + "\"limits\":[\"100 per hour\"],\"tags\":{\"app\":\"a\"}");

    Issued fresh = faq.regenerated(token);

    faq.isRefused("TOKEN_REVOKED", READ, token);
    faq.isAllowed(READ, fresh);
    for (String member : List.of("name", "scopes", "allowedAddresses", "limits", "tags")) {
      assertThat(faq.shown(fresh).json().get(member))
          .as(member)
          .isEqualTo(faq.shown(token).json().get(member));
    }
  }
}
