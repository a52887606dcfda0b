package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.assertion.JoseVerifier;
import dev.portcullis.gateway.issuer.TestIssuer;
import dev.portcullis.gateway.issuer.TestJwt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of the gateway's own and access tokens of another issuer, side by side on one route. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignTokenCasesTest {
  private static final String LINE = "GET /foreign/logs";

  private final TestBed bed;
  private final TestIssuer issuer = TestIssuer.start();
  private final Issued token;

  ForeignTokenCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: foreign
        upstream: UPSTREAM
        credentials: [bearer]
        email: optional
        organization-header: X-Org
        assertion: true
        issuers:
          ISSUER
          gone: {issuer: "https://gone.example.org", audience: x, keys: "http://127.0.0.1:1/jwks"}
        roles: {reader: ["foreign/*:read"]}
        routes:
          - match: GET /foreign/{x}
            scopes: ["foreign/{x}:read"]
          - match: GET /foreign/any
            scopes: []
          - match: GET /foreign/limited
            scopes: []
            limit: 2 per day per token
          - match: GET /foreign/shadow
            scopes: ["nobody:read"]
            shadow: true
        """
            .replace("ISSUER", issuer.yaml()));
    bed.follow(
        """
        api: alone
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: GET /alone
            scopes: []
        """);
    bed.user("fay", "\"email\":\"fay@example.org\",\"scopes\":[\"*:*\"]");
    token = bed.token("fay", "foreign/*:read");
  }

  @AfterAll
  void stop() {
    bed.follow(
        """
        api: foreign
        upstream: UPSTREAM
        routes:
          - match: GET /foreign
            public: true
        """);
    issuer.close();
  }

  private TestJwt jwt(String subject) {
    return issuer.jwt(subject, now()).claim("scope", "foreign/logs:read");
  }

  private Instant now() {
    return bed.gateway().clock().instant();
  }

  private static String bearer(TestJwt jwt) {
    return "Authorization: Bearer " + jwt.text();
  }

  private Stream<Case> cases() {
    TestJwt known = jwt("fay").claim("email", "fay@example.org").claim("email_verified", true);
    TestJwt doubtful = jwt("fay").claim("email", "fay@example.org");
    return Stream.of(
        Case.allowed("a token of its own", LINE, token.bearer()),
        Case.allowed("an access token", LINE, bearer(jwt("fay"))),
        Case.refused("CREDENTIALS_AMBIGUOUS", "both", LINE, token.bearer(), bearer(jwt("fay"))),
        Case.allowed("its verified e-mail", LINE, bearer(known), "Email: fay@example.org"),
        Case.refused(
            "EMAIL_MISMATCH", "another e-mail", LINE, bearer(known), "Email: eve@example.org"),
        Case.refused(
            "EMAIL_MISMATCH",
            "an e-mail that nobody verified",
            LINE,
            bearer(doubtful),
            "Email: fay@example.org"),
        Case.refused("ORGANIZATION_MISMATCH", "any tenant", LINE, bearer(known), "X-Org: acme"),
        Case.refused("SCOPE_INSUFFICIENT", "another scope", "GET /foreign/web", bearer(known)),
        Case.allowed(
            "a role of the policy", "GET /foreign/web", bearer(jwt("a").claim("scope", "reader"))),
        Case.allowed(
            "roles in a list",
            "GET /foreign/web",
            bearer(jwt("a").claim("scope", null).claim("scp", List.of("x", "reader")))),
        Case.refused(
            "SCOPE_INSUFFICIENT",
            "a role that the policy does not know",
            "GET /foreign/web",
            bearer(jwt("a").claim("scope", "admin"))),
        Case.allowed("no scopes, where none are asked for", "GET /foreign/any", bearer(jwt("a"))),
        Case.refused(
            "TOKEN_UNKNOWN", "another audience", LINE, bearer(jwt("a").claim("aud", "other"))),
        Case.refused(
            "TOKEN_UNKNOWN", "another issuer", LINE, bearer(jwt("a").claim("iss", "https://x"))),
        Case.refused(
            "TOKEN_UNKNOWN", "unsigned", LINE, bearer(jwt("a").algorithm("none").key(null))),
        Case.refused("TOKEN_UNKNOWN", "an unknown key", LINE, bearer(jwt("a").header("kid", "r9"))),
        Case.refused(
            "CREDENTIALS_MALFORMED", "an API that trusts nobody", "GET /alone", bearer(jwt("a"))),
        Case.refused(
            "STORE_UNAVAILABLE",
            "an issuer that is down",
            LINE,
            bearer(jwt("a").claim("iss", "https://gone.example.org").claim("aud", "x"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void decidesAsExpected(Case row) {
    TestBed.Answer answer = bed.check(row);
    assertThat(answer.response().toString()).doesNotContain("eyJ", "r9", "audience", "issuer");
    if (answer.status() == 503) {
      assertThat(answer.response().fields()).contains("Retry-After: 1");
    }
  }

  @Test
  void aSubjectNeverPassesForAPrincipalOfTheStore() throws Exception {
    TestBed.Answer answer = bed.ask(LINE, bearer(jwt("fay")));
    assertThat(answer.upstream("X-Auth-Subject")).containsExactly("corp:fay");
    assertThat(answer.upstream("X-Auth-Email")).isEmpty();
    assertThat(answer.upstream("X-Auth-Token-Id")).containsExactly("corp:j-fay");
    assertThat(answer.upstream("X-Auth-Scopes")).containsExactly("foreign/logs:read");
    assertThat(
            JoseVerifier.verify(
                    answer.upstream("X-Auth-Assertion").getFirst(),
                    bed.ask("GET /.portcullis/jwks.json").response().body(),
                    "foreign",
                    now())
                .getClaimsMap())
        .containsEntry("sub", "corp:fay")
        .containsEntry("kind", "jwt");
    assertThat(
            bed.gateway()
                .operator()
                .post(
                    "/v1/principals",
                    "{\"id\":\"corp:fay\",\"kind\":\"user\",\"scopes\":[\"*:*\"]}")
                .status())
        .isEqualTo(422);
  }

  @Test
  void aPrincipalThatIsDisabledInTheStoreIsSomebodyElse() {
    bed.user("flo", "\"scopes\":[\"*:*\"]");
    Issued own = bed.token("flo", "foreign/*:read");
    bed.change("flo", "enabled", "false");
    bed.check(Case.refused("PRINCIPAL_DISABLED", "her own token", LINE, own.bearer()));
    bed.check(Case.allowed("a namesake's", LINE, bearer(jwt("flo"))));
  }

  @Test
  void isGoodUpToItsEndAndNoLonger() {
    TestJwt jwt = jwt("exp").claim("exp", now().getEpochSecond() + 100);
    Instant end = Instant.ofEpochSecond(now().getEpochSecond() + 100);
    bed.check(Case.allowed("fresh", LINE, bearer(jwt)));
    bed.gateway().clock().advance(Duration.between(now(), end.minusMillis(1)));
    bed.check(Case.allowed("a millisecond before its end", LINE, bearer(jwt)));
    bed.gateway().clock().advance(Duration.ofMillis(1));
    bed.check(Case.refused("TOKEN_EXPIRED", "at its end", LINE, bearer(jwt)));
    bed.check(
        Case.refused("TOKEN_EXPIRED", "seen late", LINE, bearer(jwt.claim("jti", "another"))));
  }

  @Test
  void limitsCountTheSubjectWhateverTokenItHas() {
    String line = "GET /foreign/limited";
    for (int i = 0; i < 2; i++) {
      bed.check(Case.allowed("within", line, bearer(jwt("lim").claim("jti", "n" + i))));
    }
    bed.check(Case.refused("QUOTA_EXHAUSTED", "one more", line, bearer(jwt("lim"))));
    bed.check(Case.allowed("another subject", line, bearer(jwt("lime"))));
  }

  @Test
  void theGatewaysOwnScopesAreNobodyElsesToGive() {
    TestJwt greedy =
        jwt("eve").claim("scope", "portcullis/tokens:read portcullis/*:* *:* foreign/logs:read");
    TestBed.Answer who = bed.ask("GET /.portcullis/whoami", bearer(greedy));
    assertThat(who.status()).isEqualTo(200);
    assertThat(who.response().body())
        .contains("\"corp:eve\"", "foreign/logs:read")
        .doesNotContain("portcullis");
    assertThat(bed.gateway().operator(greedy.text()).get("/v1/tokens").status()).isEqualTo(401);
  }

  @Test
  void isTakenAfterTheIssuerHasRotatedItsKeys() {
    bed.check(Case.allowed("the old key", LINE, bearer(jwt("rot"))));
    int before = issuer.fetches();
    bed.check(
        Case.refused(
            "TOKEN_UNKNOWN",
            "a key fetched too lately to be asked for again",
            LINE,
            bearer(issuer.jwtOfOtherKey("rot", now()))));
    assertThat(issuer.fetches()).isEqualTo(before);
  }

  @Test
  void operatorsSeeWhetherKeysCanBeHad() {
    bed.check(Case.allowed("good", LINE, bearer(jwt("met"))));
    assertThat(
            bed.gateway()
                .metric("portcullis_issuer_key_fetches_total{issuer=\"corp\",outcome=\"fetched\"}"))
        .isPositive();
    bed.ask(LINE, bearer(jwt("a").claim("iss", "https://gone.example.org").claim("aud", "x")));
    assertThat(
            bed.gateway()
                .metric("portcullis_issuer_key_fetches_total{issuer=\"gone\",outcome=\"failed\"}"))
        .isPositive();
  }
}
