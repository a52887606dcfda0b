package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the upstream is told is asking, and public routes. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityCasesTest {
  private static final String LINE = "GET /identity/x";

  private final TestBed bed;
  private final Issued token;
  private final Issued bare;

  IdentityCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: identity
        upstream: UPSTREAM
        credentials: [bearer, {scheme: Splunk}]
        routes:
          - match: GET /identity/x
            scopes: ["identity:read"]
          - match: "* /identity/users/**"
            public: true
          - match: GET /identity/users/protected
            scopes: ["identity:read"]
        """);
    bed.user(
        "ida",
        "\"email\":\"ida@example.org\",\"organization\":\"acme\",\"scopes\":[\"identity:*\"]");
    bed.principal("bot", "service-account", "\"scopes\":[\"identity:read\"]");
    token = bed.token("ida", "identity:read");
    bare = bed.token("bot", "identity:read");
  }

  @Test
  void theUpstreamIsToldWhoIsAsking() {
    TestBed.Answer answer = bed.ask(LINE, token.bearer());
    assertThat(answer.upstream("X-Auth-Subject")).containsExactly("ida");
    assertThat(answer.upstream("X-Auth-Email")).containsExactly("ida@example.org");
    assertThat(answer.upstream("X-Auth-Organization")).containsExactly("acme");
    assertThat(answer.upstream("X-Auth-Token-Id")).containsExactly(token.id());
    assertThat(answer.upstream("X-Auth-Scopes")).as("11.22").containsExactly("identity:read");
  }

  @ParameterizedTest(name = "5.04, 5.05 {0}")
  @ValueSource(
      strings = {
        "X-Auth-Email: admin@example.org",
        "x-auth-email: admin@example.org",
        "X_Auth_Email: admin@example.org",
        "X-Auth_Email: admin@example.org",
        "X-Auth-Organization: admins",
        "X_AUTH_ORGANIZATION: admins",
        "X-Auth-Assertion: forged",
      })
  void whatAClientSaysOfItselfIsNotPassedOn(String field) {
    String value = field.substring(field.indexOf(' ') + 1);
    for (String target : List.of("/identity/x", "/identity/users/y")) {
      TestBed.Answer answer = bed.ask("GET " + target, bare.bearer(), field, field);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.passed().getFirst().getHeaders().toString()).doesNotContain(value);
    }
    assertThat(
            bed.ask(LINE, token.bearer(), field, "Connection: X-Auth-Email")
                .upstream("X-Auth-Email"))
        .containsExactly("ida@example.org");
  }

  @Test
  void whatThereIsNothingToSayOfIsAbsentAndNotEmpty() {
    TestBed.Answer answer = bed.ask(LINE, bare.bearer());
    assertThat(answer.upstream("X-Auth-Subject")).containsExactly("bot");
    assertThat(answer.upstream("X-Auth-Email")).as("5.11").isEmpty();
    assertThat(answer.upstream("X-Auth-Organization")).as("5.11").isEmpty();
  }

  private Stream<Case> publicRoutes() {
    String open = "GET /identity/users/y";
    String closed = "GET /identity/users/protected";
    String wrong = "Authorization: Bearer nobodys";
    return Stream.of(
        Case.allowed("6.02 wrong credentials on a public route", open, wrong),
        Case.allowed("6.02 two of them", open, wrong, wrong),
        Case.allowed("6.03 right credentials on a public route", open, token.bearer()),
        Case.refused("CREDENTIALS_MISSING", "6.14 a child of a public parent", closed),
        Case.refused("TOKEN_UNKNOWN", "6.14 the child, wrong credentials", closed, wrong),
        Case.allowed("6.14 the child, right credentials", closed, token.bearer()),
        Case.refused("CREDENTIALS_MISSING", "6.08 neither of two schemes", LINE),
        Case.refused(
            "CREDENTIALS_MISSING", "6.08 neither scheme's", LINE, "Authorization: Digest a=b"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("publicRoutes")
  void decidesAsExpected(Case row) {
    TestBed.Answer answer = bed.check(row);
    if (row.line().endsWith("/y")) {
      assertThat(answer.passed().getFirst().getHeaders().toString())
          .doesNotContain("X-Auth", "Authorization");
    }
    if (answer.status() == 401) {
      assertThat(answer.response().fields())
          .filteredOn(field -> field.startsWith("WWW-Authenticate:"))
          .as("6.08 one challenge")
          .hasSize(1);
    }
  }

  @Test
  void aTokenWhosePrincipalIsGoneIsRefused() {
    bed.user("gone", "\"scopes\":[\"*:*\"]");
    Issued orphan = bed.token("gone", "identity:read");
    bed.redis().run("DEL", "{portcullis}:principal:gone");
    bed.check(Case.refused("PRINCIPAL_DISABLED", "6.04", LINE, orphan.bearer()));
  }

  @Test
  void aRequestThatIsNotSoundCostsNoLookUp() {
    Issued fresh = bed.token("ida", "identity:read");
    int before = bed.redis().calls("hmget");
    bed.check(Case.refused("REQUEST_REJECTED", "6.10", LINE + "/../x", fresh.bearer()));
    bed.check(Case.refused("NO_ROUTE", "6.10", "GET /identity/nothing", fresh.bearer()));
    bed.check(Case.refused("CREDENTIALS_AMBIGUOUS", "6.10", LINE, fresh.bearer(), fresh.bearer()));
    assertThat(bed.redis().calls("hmget")).isEqualTo(before);
  }
}
