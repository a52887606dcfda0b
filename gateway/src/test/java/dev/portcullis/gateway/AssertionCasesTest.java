package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.assertion.JoseVerifier;
import dev.portcullis.gateway.control.Asker;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proof that a request came through the gateway. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssertionCasesTest {
  private static final String HEADER = "X-Auth-Assertion";
  private static final String KEYS = "GET /.portcullis/jwks.json";

  private final TestBed bed;
  private final Issued token;

  AssertionCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: asserted
        upstream: UPSTREAM
        credentials: [bearer]
        assertion: true
        routes:
          - match: GET /asserted/{x}
            scopes: ["asserted/{x}:read"]
          - match: GET /asserted/open
            public: true
          - match: GET /asserted/shadow
            scopes: ["nobody:read"]
            shadow: true
        """);
    bed.follow(
        """
        api: unasserted
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: GET /unasserted
            scopes: []
        """);
    bed.user("asa", "\"email\":\"asa@example.org\",\"organization\":\"acme\",\"scopes\":[\"*:*\"]");
    token = bed.token("asa", "asserted/*:read");
  }

  private Instant now() {
    return bed.gateway().clock().instant();
  }

  private String keys() {
    TestBed.Answer answer = bed.ask(KEYS);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.passed()).isEmpty();
    return answer.response().body();
  }

  private static String assertion(TestBed.Answer answer) {
    assertThat(answer.upstream(HEADER)).hasSize(1);
    return answer.upstream(HEADER).getFirst();
  }

  @Test
  void anUpstreamCanProveThatARequestCameThroughTheGateway() throws Exception {
    String assertion = assertion(bed.ask("GET /asserted/x", token.bearer()));
    JwtClaims claims = JoseVerifier.verify(assertion, keys(), "asserted", now());
    assertThat(claims.getSubject()).isEqualTo("asa");
    assertThat(claims.getStringClaimValue("email")).isEqualTo("asa@example.org");
    assertThat(claims.getStringClaimValue("org")).isEqualTo("acme");
    assertThat(claims.getStringClaimValue("tid")).isEqualTo(token.id());
    assertThat(claims.getStringClaimValue("scope")).isEqualTo("asserted/*:read");
    assertThat(claims.getExpirationTime().getValue())
        .isLessThanOrEqualTo(claims.getIssuedAt().getValue() + 60);
  }

  @Test
  void oneSignatureServesManyRequestsOfOneIdentity() {
    Issued fresh = bed.token("asa", "asserted/*:read");
    String first = assertion(bed.ask("GET /asserted/x", fresh.bearer()));
    double signed = bed.gateway().metric("portcullis_assertion_signatures");
    for (int i = 0; i < 20; i++) {
      assertThat(assertion(bed.ask("GET /asserted/x" + i, fresh.bearer()))).isEqualTo(first);
    }
    assertThat(bed.gateway().metric("portcullis_assertion_signatures")).isEqualTo(signed);
    assertThat(signed).isPositive();
  }

  @Test
  void aChangeOfThePrincipalIsInTheNextAssertion() throws Exception {
    bed.user("mia", "\"email\":\"mia@example.org\",\"scopes\":[\"*:*\"]");
    Issued hers = bed.token("mia", "asserted/*:read");
    String first = assertion(bed.ask("GET /asserted/x", hers.bearer()));
    assertThat(
            bed.gateway()
                .operator()
                .patch("/v1/principals/mia", "{\"email\":\"mia.new@example.org\"}")
                .status())
        .isEqualTo(200);
    String second = assertion(bed.ask("GET /asserted/x", hers.bearer()));
    assertThat(second).isNotEqualTo(first);
    assertThat(JoseVerifier.verify(second, keys(), "asserted", now()).getStringClaimValue("email"))
        .isEqualTo("mia.new@example.org");
  }

  @Test
  void aTokenThatEndsSoonHasAnAssertionThatEndsNoLater() throws Exception {
    Issued ending =
        bed.issue(
            "asa", "\"kind\":\"api\",\"scopes\":[\"asserted/*:read\"],\"expiresIn\":\"PT20S\"");
    Instant end = now().plus(Duration.ofSeconds(20));
    String assertion = assertion(bed.ask("GET /asserted/x", ending.bearer()));
    JwtClaims claims = JoseVerifier.verify(assertion, keys(), "asserted", now());
    assertThat(claims.getExpirationTime().getValue()).isLessThanOrEqualTo(end.getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/asserted/x", "/asserted/open", "/unasserted"})
  void whatAClientAssertsOfItselfIsNotPassedOn(String path) {
    TestBed.Answer answer =
        bed.ask(
            "GET " + path,
            token.bearer(),
            HEADER + ": forged",
            "x_auth_assertion: forged",
            "Connection: " + HEADER);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.passed().getFirst().getHeaders().toString()).doesNotContain("forged");
    assertThat(answer.upstream(HEADER)).hasSize(path.equals("/asserted/x") ? 1 : 0);
  }

  @Test
  void nothingIsAssertedOfWhoWasNotVerified() {
    assertThat(bed.ask("GET /asserted/open", token.bearer()).upstream(HEADER)).isEmpty();
    assertThat(bed.ask("GET /asserted/shadow").upstream(HEADER)).isEmpty();
    assertThat(bed.ask("GET /asserted/shadow", token.bearer()).upstream(HEADER)).isEmpty();
    assertThat(bed.ask("GET /unasserted", token.bearer()).upstream(HEADER)).isEmpty();
  }

  @Test
  void theKeysArePublishedToAnybodyOnBothPlanes() {
    TestBed.Answer answer = bed.ask(KEYS);
    assertThat(answer.response().fields())
        .contains("Cache-Control: public, max-age=3600", "Content-Type: application/json");
    Asker.Answer control = bed.gateway().operator("nobody").get("/.well-known/jwks.json");
    assertThat(control.status()).isEqualTo(200);
    assertThat(control.response().body()).isEqualTo(answer.response().body());
    assertThat(control.response().headers().firstValue("Cache-Control"))
        .contains("max-age=3600, public");
    assertThat(JoseVerifier.ids(keys())).hasSize(3);
  }

  @Test
  void everyGatewayOfTheStoreHasTheSameKeys() throws Exception {
    try (LiveGateway another = bed.another()) {
      String theirs = another.operator("nobody").get("/.well-known/jwks.json").response().body();
      String assertion = assertion(bed.ask("GET /asserted/x", token.bearer()));
      JoseVerifier.verify(assertion, theirs, "asserted", now());
    }
  }
}
