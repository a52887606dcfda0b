package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.assertion.JoseVerifier;
import dev.portcullis.gateway.control.Asker;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * The answers 11 to 20 of the FAQ on API tokens, before {@code policies/faq.yaml}.
 *
 * <p>No program can make true: that tokens are kept private, not exposed in code repositories and
 * not hard-coded; that somebody reviews the log.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaqSafetyScenarioTest {
  private static final String READ = "GET /resources/r1";

  private final TestBed bed;
  private final FaqKit faq;

  FaqSafetyScenarioTest(TestBed bed) {
    this.bed = bed;
    this.faq = new FaqKit(bed, "faq-safe");
  }

  @AfterEach
  void followTheFileAsItIs() {
    bed.follow(faq.policy().text());
    bed.upstream().resetMappings();
    bed.upstream().stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok("done")));
  }

  @Test
  @DisplayName("11. ... immediately revoke the token ... Additionally, review your logs")
  void aCompromisedTokenIsRevokedAndItsLogReviewed() {
    Issued token = faq.token("resources/*:read");
    faq.isAllowed(READ, token);

    bed.revoke(token);
    faq.isRefused("TOKEN_REVOKED", READ, token);
    Issued fresh =
        faq.issue(
            "\"scopes\":[\"resources/*:read\"],\"allowedAddresses\":[\"127.0.0.1/32\"],"
                + "\"expiresIn\":\"PT1H\"");
    faq.isAllowed(READ, fresh);
    assertThat(bed.askFrom("127.0.0.9", READ, fresh.bearer()).status()).isEqualTo(403);

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(log(token))
                    .extracting(item -> item.get("action").asString())
                    .containsExactlyInAnyOrder("token.create", "request", "token.revoke"));
    assertThat(log(token))
        .filteredOn(item -> item.get("action").asString().equals("request"))
        .singleElement()
        .satisfies(
            use -> {
              assertThat(use.get("address").asString()).isEqualTo("127.0.0.1");
              assertThat(use.get("detail").asString()).startsWith("GET /resources/r1 -> 200");
            });
    assertThat(log(token).toString()).doesNotContain(token.secret());
  }

  private List<JsonNode> log(Issued token) {
    return faq.console()
        .get("/v1/audit?token=" + token.id())
        .json()
        .path("items")
        .valueStream()
        .toList();
  }

  @Test
  @DisplayName("12. ... if one token is compromised, it doesn't affect other parts of your system")
  void manyTokensHaveDistinctPermissionsAndLivesOfTheirOwn() {
    Issued reader = faq.token("resources/*:read");
    Issued writer = faq.token("resources/*:write");

    faq.isRefused("SCOPE_INSUFFICIENT", "PUT /resources/r1", reader);
    faq.isRefused("SCOPE_INSUFFICIENT", READ, writer);
    bed.revoke(reader);
    faq.isRefused("TOKEN_REVOKED", READ, reader);
    faq.isAllowed("PUT /resources/r1", writer);
  }

  @Test
  @DisplayName("13. ... used correctly, such as over HTTPS connections ... regularly rotate them")
  void plainHttpIsRefusedWhereTheFileSaysSoAndOldTokensAreFlagged() {
    Issued token = faq.issue("\"scopes\":[\"resources/*:read\"],\"expiresIn\":\"P365D\"");
    bed.follow(faq.policy().with("\ntls: optional", "\ntls: required").text());

    Answer good = bed.ask(READ, token.bearer());
    Answer bad = bed.ask(READ, "Authorization: Bearer nobodys");
    assertThat(good.reason()).isEqualTo("INSECURE_CHANNEL");
    assertThat(good.status()).isEqualTo(403);
    assertThat(bad.status()).isEqualTo(403);
    assertThat(sameButForItsId(good)).isEqualTo(sameButForItsId(bad));
    assertThat(good.response().field("Location")).isEmpty();
    assertThat(good.passed()).isEmpty();

    assertThat(faq.shown(token).json().get("ageFlag").asBoolean()).isFalse();
    faq.pass(Duration.ofDays(90).plusMillis(1));
    assertThat(faq.shown(token).json().get("ageFlag").asBoolean()).isTrue();
    assertThat(faq.console().get("/v1/tokens?principal=faq-safe&olderThan=P90D").ids())
        .contains(token.id());
  }

  private static String sameButForItsId(Answer answer) {
    return answer.response().body().replaceFirst("\"requestId\":\"[^\"]+\"", "");
  }

  @Test
  @DisplayName("14. ... read-only access, full control, or access to particular resources")
  void permissionsAreReadOnlyFullOrOfParticularResources() {
    Issued readOnly = faq.token("role:reader");
    Issued full = faq.token("role:full");
    Issued particular = faq.token("resources/r1:*");

    faq.isAllowed(READ, readOnly);
    faq.isAllowed("GET /billing/b1", readOnly);
    faq.isRefused("SCOPE_INSUFFICIENT", "POST /resources", readOnly);
    faq.isAllowed("POST /resources", full);
    faq.isAllowed("DELETE /resources/r2", full);
    faq.isAllowed("DELETE /resources/r1", particular);
    faq.isRefused("SCOPE_INSUFFICIENT", "GET /resources/r2", particular);
  }

  @Test
  @DisplayName("15. API tokens should be stored securely")
  void whatIsStoredIsNoToken() {
    Issued token = faq.token("resources/*:read");
    faq.isAllowed(READ, token);

    String all = bed.redis().content();
    assertThat(all.contains(token.id())).as("the token's id is there").isTrue();
    assertThat(all.contains(token.secret())).as("the token is there").isFalse();
  }

  @Test
  @DisplayName("16. ... across different applications as long as they have the ... permissions")
  void oneTokenOpensSeveralApplicationsThatItNames() {
    Issued both = faq.token("resources/*:read", "billing/b1:read");
    Issued one = faq.token("resources/*:read");

    faq.isAllowed(READ, both);
    faq.isAllowed("GET /billing/b1", both);
    faq.isRefused("SCOPE_INSUFFICIENT", "GET /billing/b1", one);
  }

  @Test
  @DisplayName("17. ... the server will likely respond with ... a \"401 Unauthorized\" message")
  void withoutATokenItIs401AndNothingReachesTheApi() {
    Answer answer = bed.ask(READ);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.response().body()).contains("Unauthorized");
    assertThat(answer.response().field("WWW-Authenticate")).hasValue("Bearer realm=\"faq\"");
    assertThat(answer.passed()).isEmpty();
  }

  @Test
  @DisplayName("18. ... make a simple API request to an endpoint that requires authentication")
  void aTokenIsTestedAtAnEndpointOfTheGateways() {
    String probe = "GET /.portcullis/whoami";
    Issued token = faq.issue("\"scopes\":[\"resources/*:read\"],\"expiresIn\":\"PT1H\"");

    Answer good = bed.ask(probe, token.bearer());
    assertThat(good.status()).isEqualTo(200);
    assertThat(good.response().body()).contains("\"faq-safe\"", token.id(), "resources/*:read");
    assertThat(good.passed()).isEmpty();
    faq.isRefused("TOKEN_UNKNOWN", probe, new Issued("", "nobodys"));
    faq.pass(Duration.ofHours(1));
    faq.isRefused("TOKEN_EXPIRED", probe, token);
  }

  @Test
  @DisplayName("19. Expiration can be set according to security policies")
  void tokensEndByThemselvesAsThePolicySays() {
    Issued token = faq.token("resources/*:read");
    Asker.Answer longer =
        faq.console()
            .post(
                "/v1/tokens",
                "{\"principal\":\"faq-safe\",\"api\":\"faq\",\"kind\":\"api\",\"name\":\"n\","
                    + "\"scopes\":[\"resources:read\"],\"expiresIn\":\"P366D\"}");

    assertThat(longer.status()).isEqualTo(422);
    assertThat(longer.response().body()).contains("expiresIn");
    faq.pass(Duration.ofDays(90).minusMillis(1));
    faq.isAllowed(READ, token);
    faq.pass(Duration.ofMillis(1));
    faq.isRefused("TOKEN_EXPIRED", READ, token);
  }

  @Test
  @DisplayName("20. ... only authorized users or applications can trigger or access the function.")
  void aFunctionIsToldWhoCallsAndIsNotCalledByOthers() throws Exception {
    Issued token = faq.token("functions/resize:invoke");

    Answer answer = bed.ask("POST /functions/resize", token.bearer());
    assertThat(answer.reason()).isEqualTo(Case.ALLOWED);
    JwtClaims claims =
        JoseVerifier.verify(
            answer.upstream("X-Auth-Assertion").getFirst(),
            bed.ask("GET /.portcullis/jwks.json").response().body(),
            "faq",
            bed.gateway().clock().instant());
    assertThat(claims.getSubject()).isEqualTo("faq-safe");
    assertThat(answer.upstream("X-Auth-Subject")).containsExactly("faq-safe");
    faq.isRefused("SCOPE_INSUFFICIENT", "POST /functions/other", token);

    bed.upstream().stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.serverError()));
    assertThat(bed.ask("POST /functions/resize", token.bearer()).status())
        .as("a failing function is no failed authentication")
        .isEqualTo(500);
  }
}
